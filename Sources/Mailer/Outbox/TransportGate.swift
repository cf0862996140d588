import Storage

/// Keeps mails back while the transport does not work, and lets a single one through now and then to see whether it does
/// again. All lanes share it.
struct TransportGate {
    /// What a lane needs to try a mail, to be given back by ``release(_:)``.
    enum Pass {
        case ordinary
        /// For the one mail that finds out whether the transport works again.
        case probe
    }

    /// Why nothing is sent.
    struct Closure: Hashable {
        let trouble: MailTrouble
        let code: Int?
        /// In the server's own words: for the log alone.
        let text: String
        let until: Timestamp
    }

    /// Nil while all is well.
    private(set) var closure: Closure?
    private var isProbing = false
    private var failures = 0
    /// The domains that refused for reasons of policy, one after the other.
    private var refusingDomains: Set<String> = []

    /// Whether ``admit(at:)`` would let a mail through.
    func isOpen(at now: Timestamp) -> Bool {
        closure.map { $0.until <= now && !isProbing } ?? true
    }

    /// A pass for one mail; nil while the gate is closed, and while another mail probes.
    mutating func admit(at now: Timestamp) -> Pass? {
        guard isOpen(at: now) else { return nil }
        guard closure != nil else { return .ordinary }
        isProbing = true
        return .probe
    }

    /// The mail is through, or there was none.
    mutating func release(_ pass: Pass) {
        if pass == .probe { isProbing = false }
    }

    /// Notes what came of a mail; true when the gate was closed or opened by it.
    ///
    /// While it is closed only the probe counts: mails that were under way when it closed say nothing new.
    mutating func note(_ delivery: Delivery, for address: MailAddress, pass: Pass, at now: Timestamp) -> Bool {
        let wasClosed = closure != nil
        guard !wasClosed || pass == .probe else { return false }
        switch delivery.verdict {
        case .interrupted: break
        case .unreachable, .misconfigured: close(delivery, at: now)
        case .refusedByPolicy:
            refusingDomains.insert(address.domain)
            // One domain can be an attacker's, who chooses recipients; three in a row mean that it is us.
            if refusingDomains.count >= 3 { close(delivery, at: now) } else { open() }
        case .sent:
            refusingDomains = []
            open()
        case .delayed, .refused: open()
        }
        return wasClosed != (closure != nil)
    }

    private mutating func close(_ delivery: Delivery, at now: Timestamp) {
        // A server that is away comes back by itself, soon; settings are changed by people.
        let pauses = delivery.verdict == .unreachable ? [2, 4, 8, 16, 32, 60] : [15, 30, 60, 120, 300]
        let pause = pauses[min(failures, pauses.count - 1)]
        failures += 1
        closure = Closure(
            trouble: delivery.trouble ?? .local, code: delivery.code, text: delivery.text, until: now + .seconds(pause))
    }

    private mutating func open() {
        closure = nil
        failures = 0
    }
}
