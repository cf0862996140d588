import Logging
import Storage

extension OutboxWorker {
    /// A mail that a lane has claimed, with the gate's leave to try it.
    struct Claim {
        let mail: OutboxMail
        let pass: TransportGate.Pass
    }

    /// Sends one mail after the other for as long as any is due, with a transport of its own.
    func runLane() async {
        let transport = transports.take()
        var hasFailed = false
        do {
            var next = try await claim()
            while let current = next { next = await send(current, by: transport, claimsNext: true) }
        } catch {
            hasFailed = true
            noteTrouble(error)
        }
        await transports.giveBack(transport)
        runningLanes -= 1
        // A mail may have come after the last look. After a failure the next second is soon enough.
        if !hasFailed { notify() }
    }

    /// The next mail that is due; nil when there is none, or the gate is closed.
    func claim() async throws -> Claim? {
        guard !stopping.isRaised, let pass = gate.admit(at: clock.now()) else { return nil }
        let (lease, clock) = (lease, clock)
        do {
            if let mail = try await database.write({ try lease.claim(at: clock.now(), in: $0) }) {
                return Claim(mail: mail, pass: pass)
            }
        } catch {
            gate.release(pass)
            throw error
        }
        gate.release(pass)
        return nil
    }

    /// Tries a mail, writes what came of it and, in the same transaction, claims the next.
    func send(_ claim: Claim, by transport: any MailTransport, claimsNext: Bool) async -> Claim? {
        let outcome = await attempt(claim, by: transport)
        gate.release(claim.pass)
        let pass = claimsNext && mayGoOn ? gate.admit(at: clock.now()) : nil
        let next = await record(outcome, of: claim.mail, claimsNext: pass != nil)
        guard let pass else { return nil }
        if let next { return Claim(mail: next, pass: pass) }
        gate.release(pass)
        return nil
    }

    private var mayGoOn: Bool { !stopping.isRaised && runningLanes <= laneLimit.current(at: clock.now()) }

    /// Does not give up while the process runs: a mail that was sent and not recorded is sent again.
    private func record(_ outcome: MailOutcome, of mail: OutboxMail, claimsNext: Bool) async -> OutboxMail? {
        log(outcome, of: mail)
        metrics.note(outcome)
        while true {
            do {
                let (isOurs, next) = try await write(outcome, of: mail, claimsNext: claimsNext)
                if !isOurs {
                    logger.warning("A mail took longer than its lease and may be sent twice", metadata: metadata(mail))
                }
                return next
            } catch {
                logger.error(
                    "A mail's outcome cannot be stored; trying again", metadata: metadata(mail, ["error": "\(error)"]))
            }
            guard !stopping.isRaised, (try? await Task.sleep(for: .seconds(1))) != nil else { return nil }
        }
    }

    private func write(
        _ outcome: MailOutcome, of mail: OutboxMail, claimsNext: Bool
    ) async throws -> (isOurs: Bool, next: OutboxMail?) {
        let (lease, content, clock, logger, details) = (lease, content, clock, logger, metadata(mail))
        return try await database.write { tx in
            let now = clock.now()
            let isOurs = try lease.record(outcome, of: mail, at: now, in: tx)
            if isOurs, let ending = outcome.ending {
                do {
                    try tx.savepoint { try content.settled(mail, ending, at: now, in: tx) }
                } catch {
                    // The mail is out, or refused: it must not go again because of this.
                    logger.error(
                        "A mail is done with, but what follows from it failed",
                        metadata: details.merging(["error": "\(error)"]) { $1 })
                }
            }
            return (isOurs, claimsNext ? try lease.claim(at: now, in: tx) : nil)
        }
    }
}
