import CClock
import Storage

/// Whether the machine's clock can be right: tokens, licences and links depend on it.
struct ClockExamination {
    /// The latest time in the database; nil when there is none.
    let latest: Timestamp?

    func findings(at now: Timestamp) -> [Finding] { [time(now), synchronisation] }

    private func time(_ now: Timestamp) -> Finding {
        let advice = "Set the clock (`timedatectl`), and restart the server."
        guard (Self.earliest..<Self.last).contains(now) else { return .problem("clock", "it says \(now)", advice) }
        if let latest, latest > now + .seconds(60) {
            return .problem(
                "clock", "it says \(now), and the database has been written to at \(latest)",
                advice + " Until then the server's time stands still at the later one.")
        }
        return .ok("clock", "it says \(now)")
    }

    /// Before this was written, and when nobody will run it any more.
    private static let (earliest, last) = (
        Timestamp(milliseconds: 1_764_000_000_000), Timestamp(milliseconds: 4_102_444_800_000)
    )

    private var synchronisation: Finding {
        switch usher_clock_is_synchronised() {
        case 1: .ok("clock", "it is kept right over the network")
        case 0:
            .warning(
                "clock", "the system says that nothing keeps it right",
                "Install chrony or systemd-timesyncd. In a container ask the machine itself.")
        default: .warning("clock", "the system does not say whether it is kept right", "Look at `timedatectl`.")
        }
    }
}
