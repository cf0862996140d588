import Storage

/// Keeps mails back while the transport does not work, and lets one through now and then to see whether it does again.
struct TransportGate {
    private enum Trouble {
        case unreachable, misconfigured

        /// How long to wait before each next try, in seconds; the last goes on.
        var pauses: [Int] {
            switch self {
            case .unreachable: [2, 4, 8, 16, 32, 60]
            case .misconfigured: [15, 30, 60, 120, 300]
            }
        }
    }

    /// Why and until when nothing is sent; nil while all is well.
    private(set) var closed: (reason: String, until: Timestamp)?
    private var failures = 0
    /// The domains that refused for reasons of policy, one after the other.
    private var refusingDomains: Set<String> = []

    func isOpen(at now: Timestamp) -> Bool {
        closed.map { $0.until <= now } ?? true
    }

    /// Notes what came of a mail; true when `closed` began or ended with it.
    mutating func note(_ delivery: Delivery, for address: MailAddress, at now: Timestamp) -> Bool {
        let wasClosed = closed != nil
        switch delivery.verdict {
        case .interrupted: break
        case .unreachable: close(.unreachable, delivery.text, at: now)
        case .misconfigured: close(.misconfigured, delivery.text, at: now)
        case .refusedByPolicy:
            refusingDomains.insert(address.domain)
            // One domain can be an attacker's, who chooses recipients; three in a row mean that it is us.
            if refusingDomains.count >= 3 { close(.misconfigured, delivery.text, at: now) } else { open() }
        case .sent:
            refusingDomains = []
            open()
        case .delayed, .refused: open()
        }
        return wasClosed != (closed != nil)
    }

    private mutating func close(_ trouble: Trouble, _ reason: String, at now: Timestamp) {
        let pause = trouble.pauses[min(failures, trouble.pauses.count - 1)]
        failures += 1
        closed = (reason, now + .seconds(pause))
    }

    private mutating func open() {
        closed = nil
        failures = 0
    }
}
