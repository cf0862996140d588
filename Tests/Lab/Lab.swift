import Cryptography
import Server
import Storage
import TestSupport

/// The server as it is shipped, with a clock that a test moves; for black-box tests, and never installed.
///
/// `LAB_CLOCK_OFFSET_MS` moves the clock of the process from its start on. `LAB_CONTROL` names a Unix socket on which
/// the running process is told `now` and `advance MILLISECONDS`; it answers both with `now MILLISECONDS`.
/// `LAB_IDLE_SECONDS` is how long connections may be idle.
@main
struct Lab {
    static func main() async {
        let environment = Surroundings.processEnvironment()
        let offset = environment["LAB_CLOCK_OFFSET_MS"].flatMap(Int64.init) ?? 0
        let control = environment["LAB_CONTROL"]
        var limits = EdgeLimits.standard
        if let idle = environment["LAB_IDLE_SECONDS"].flatMap(Int64.init) { limits.idleTime = .seconds(idle) }
        let surroundings = Surroundings(
            makeClock: { floor, _ in
                let clock = ManualClock(following: .system(floor: floor))
                clock.advance(by: .milliseconds(offset))
                if let control { ControlSocket(path: control, clock: clock).listen() }
                return clock.clock
            }, limits: limits)
        await Usher.run(in: surroundings)
    }
}
