package import Cryptography
package import Logging
import ServiceLifecycle
package import Storage

/// Sends what is in the outbox, one mail after the other, until the process ends.
package actor OutboxWorker: Service {
    let database: any Database
    private let outbox: Outbox
    let content: any MailContent
    let transport: any MailTransport
    let sender: Mailbox
    let clock: Clock
    let random: any RandomSource
    let lease: OutboxLease
    let logger: Logger

    var gate = TransportGate()
    nonisolated let stopping = InterruptFlag()
    private nonisolated let wakeUps = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Makes a worker, which does nothing before ``run()``.
    ///
    /// Mails are from `sender`, whose domain is that of their Message-IDs. `node` names this machine, the same after a
    /// restart: what its last start had begun is taken up at once.
    package init(
        database: any Database, outbox: Outbox, content: any MailContent, transport: any MailTransport,
        sender: Mailbox, clock: Clock, random: any RandomSource, node: String, logger: Logger
    ) {
        self.database = database
        self.outbox = outbox
        self.content = content
        self.transport = transport
        self.sender = sender
        self.clock = clock
        self.random = random
        self.logger = logger
        let start = ULID.make(at: clock.now(), random: random)
        // Connecting and sending take 100 s at most, twice when the first connection was stale.
        lease = OutboxLease(node: node, start: start, duration: .minutes(5))
    }

    /// Looks into the outbox at once: called after a transaction that put a mail there. Free to call from anywhere.
    package nonisolated func notify() { wakeUps.continuation.yield() }

    /// Sends until graceful shutdown, which lets the mail under way go on for two seconds.
    package func run() async throws {
        logger.info("Mail goes to \(transport.place)")
        notify()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tick() }
            group.addTask { await self.interruptAfterShutdown() }
            await withTaskCancellationHandler {
                await withGracefulShutdownHandler {
                    await work()
                } onGracefulShutdown: {
                    self.stop()
                }
            } onCancel: {
                self.stop()
                self.transport.interrupt()
            }
            group.cancelAll()
        }
        await transport.close()
    }

    /// How the mail is doing.
    package func status() async throws -> MailStatus {
        let outbox = outbox
        let (waiting, oldest) = try await database.read { tx in
            (try outbox.waiting(upTo: .max, in: tx), try outbox.oldest(in: tx))
        }
        return MailStatus(
            waiting: waiting, oldest: oldest, pausedBecause: gate.closed?.reason, pausedUntil: gate.closed?.until)
    }

    /// Takes back what this node's last start had claimed.
    func retakeOldClaims() async throws {
        let (lease, now) = (lease, clock.now())
        let count = try await database.write { try lease.retake(at: now, in: $0) }
        if count > 0 { logger.info("Mails taken up again after the last stop", metadata: ["count": "\(count)"]) }
    }

    /// Sends one mail that is due; false when there is none, or the transport is paused.
    func sendNext() async throws -> Bool {
        let (lease, now) = (lease, clock.now())
        guard gate.isOpen(at: now), try await database.read({ try lease.isAnyDue(at: now, in: $0) }),
            let mail = try await database.write({ try lease.claim(at: now, in: $0) })
        else { return false }
        await record(await attempt(mail), of: mail)
        return true
    }

    private func work() async {
        var hasRetaken = false
        for await _ in wakeUps.stream {
            do {
                if !hasRetaken { try await retakeOldClaims() }
                hasRetaken = true
                while !stopping.isRaised, try await sendNext() {}
            } catch {
                logger.error("The outbox cannot be read; trying again", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Looks every second, for mails that another process put there and for those that are due again.
    private nonisolated func tick() async {
        while !stopping.isRaised, (try? await Task.sleep(for: .seconds(1))) != nil { notify() }
    }

    private nonisolated func interruptAfterShutdown() async {
        guard (try? await gracefulShutdown()) != nil, (try? await Task.sleep(for: .seconds(2))) != nil else { return }
        transport.interrupt()
    }

    private nonisolated func stop() {
        stopping.raise()
        wakeUps.continuation.finish()
    }
}
