import Synchronization

/// The transports of the lanes, one each; the last one stays for the next mail, with its connection.
final class TransportPool: Sendable {
    private struct State {
        var idle: (any MailTransport)?
        var all: [ObjectIdentifier: any MailTransport] = [:]
        var isInterrupted = false
    }

    private let make: @Sendable () -> any MailTransport
    private let state = Mutex(State())

    init(_ make: @escaping @Sendable () -> any MailTransport) {
        self.make = make
    }

    func take() -> any MailTransport {
        state.withLock { state in
            if let idle = state.idle {
                state.idle = nil
                return idle
            }
            let transport = make()
            if state.isInterrupted { transport.interrupt() }
            state.all[ObjectIdentifier(transport)] = transport
            return transport
        }
    }

    /// Keeps the transport for the next lane, or closes it when another waits already.
    func giveBack(_ transport: any MailTransport) async {
        let isKept = state.withLock { state in
            guard state.idle == nil else { return false }
            state.idle = transport
            return true
        }
        if !isKept { await close(transport) }
    }

    /// Gives up every delivery, now and from now on.
    func interrupt() {
        let transports = state.withLock { state in
            state.isInterrupted = true
            return state.all.values
        }
        for transport in transports { transport.interrupt() }
    }

    /// To be called when all transports have been given back.
    func close() async {
        let idle = state.withLock { state in
            defer { state.idle = nil }
            return state.idle
        }
        if let idle { await close(idle) }
    }

    private func close(_ transport: any MailTransport) async {
        await transport.close()
        // Only now: a server that does not answer our farewell is interrupted too.
        state.withLock { _ = $0.all.removeValue(forKey: ObjectIdentifier(transport)) }
    }
}
