package import Cryptography
package import Logging
package import Metrics
import ServiceLifecycle
package import Storage

/// Sends what is in the outbox until the process ends: in one lane while little waits, in several when the queue is long.
package actor OutboxWorker: Service {
    let database: any Database
    let outbox: Outbox
    let content: any MailContent
    let sender: Mailbox
    let clock: Clock
    let random: any RandomSource
    let lease: OutboxLease
    let logger: Logger
    let transports: TransportPool
    let metrics: MailMetrics
    /// For how long one can look up what became of a mail.
    let retention: Duration

    var gate = TransportGate()
    var laneLimit: LaneLimit
    var runningLanes = 0
    /// Why the outbox could not be read when it was last looked at.
    private var trouble: String?
    private var nextSweep: Timestamp?
    nonisolated let stopping = InterruptFlag()
    private nonisolated let wakeUps = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Makes a worker, which does nothing before ``run()``.
    ///
    /// Mails are from `sender`, whose domain is that of their Message-IDs. `node` names this machine, the same after a
    /// restart: what its last start had begun is taken up at once. Each of at most `maximumLanes` lanes has a transport
    /// of its own from `makeTransport`. What was done with is deleted after `retention`.
    package init(
        database: any Database, outbox: Outbox, content: any MailContent, maximumLanes: Int, sender: Mailbox,
        clock: Clock, random: any RandomSource, node: String, retention: Duration = .seconds(30 * 86_400),
        logger: Logger,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        makeTransport: @escaping @Sendable () -> any MailTransport
    ) {
        self.database = database
        self.outbox = outbox
        self.content = content
        self.sender = sender
        self.clock = clock
        self.random = random
        self.retention = retention
        self.logger = logger
        transports = TransportPool(makeTransport)
        laneLimit = LaneLimit(maximum: maximumLanes)
        self.metrics = MailMetrics(metrics)
        let start = ULID.make(at: clock.now(), random: random)
        // Connecting and sending take 100 s at most, twice when the first connection was stale.
        lease = OutboxLease(node: node, start: start, duration: .minutes(5))
    }

    /// Looks into the outbox at once: called after a transaction that put a mail there. Free to call from anywhere.
    package nonisolated func notify() { wakeUps.continuation.yield() }

    /// Sends until graceful shutdown, which lets the mails under way go on for two seconds.
    package func run() async throws {
        let first = transports.take()
        logger.info("Mail goes to \(first.place)")
        await transports.giveBack(first)
        notify()
        await withTaskGroup(of: Void.self) { helpers in
            helpers.addTask { await self.tick() }
            helpers.addTask { await self.interruptAfterShutdown() }
            await withTaskCancellationHandler {
                await withGracefulShutdownHandler {
                    await work()
                } onGracefulShutdown: {
                    self.stop()
                }
            } onCancel: {
                self.stop()
                self.transports.interrupt()
            }
            helpers.cancelAll()
        }
    }

    /// How the mail is doing.
    package func status() async throws -> MailStatus {
        let outbox = outbox
        let (waiting, oldest) = try await database.read { tx in
            (try outbox.waiting(upTo: .max, in: tx), try outbox.oldest(in: tx))
        }
        let pause = gate.closure.map { MailStatus.Pause(trouble: $0.trouble, code: $0.code, until: $0.until) }
        return MailStatus(waiting: waiting, oldest: oldest, pause: pause)
    }

    /// Takes back what this node's last start had claimed.
    func retakeOldClaims() async throws {
        let (lease, now) = (lease, clock.now())
        let count = try await database.write { try lease.retake(at: now, in: $0) }
        if count > 0 { logger.info("Mails taken up again after the last stop", metadata: ["count": "\(count)"]) }
    }

    /// Starts lanes as they are needed, and returns when all have ended.
    private func work() async {
        await withDiscardingTaskGroup { group in
            var hasRetaken = false
            for await _ in wakeUps.stream {
                do {
                    if !hasRetaken { try await retakeOldClaims() }
                    hasRetaken = true
                    for _ in 0..<(try await missingLanes()) {
                        runningLanes += 1
                        group.addTask { await self.runLane() }
                    }
                    trouble = nil
                } catch {
                    noteTrouble(error)
                }
                if isSweepDue() { group.addTask { await self.sweep() } }
            }
        }
        await transports.close()
    }

    /// Logs why the outbox cannot be read; once, however long it lasts.
    func noteTrouble(_ error: any Error) {
        let new = "\(error)"
        guard new != trouble else { return }
        trouble = new
        logger.error("The outbox cannot be read; trying again", metadata: ["error": "\(new)"])
    }

    /// How many lanes more than there are would be of use.
    private func missingLanes() async throws -> Int {
        let (lease, now) = (lease, clock.now())
        guard !stopping.isRaised, gate.isOpen(at: now) else { return 0 }
        let enough = laneLimit.current(at: now) * LaneLimit.mailsPerLane
        let due = try await database.read { try lease.countDue(upTo: enough, at: now, in: $0) }
        // Of a closed gate one mail knows as much as eight.
        let wanted = min(laneLimit.wanted(waiting: due, at: now), gate.closure == nil ? .max : 1)
        return max(0, wanted - runningLanes)
    }

    /// At the start and then every hour.
    private func isSweepDue() -> Bool {
        let now = clock.now()
        if let nextSweep, now < nextSweep { return false }
        nextSweep = now + .hours(1)
        return true
    }

    /// Looks every second, for mails that another process put there and for those that are due again.
    private nonisolated func tick() async {
        while !stopping.isRaised, (try? await Task.sleep(for: .seconds(1))) != nil { notify() }
    }

    private nonisolated func interruptAfterShutdown() async {
        guard (try? await gracefulShutdown()) != nil, (try? await Task.sleep(for: .seconds(2))) != nil else { return }
        transports.interrupt()
    }

    private nonisolated func stop() {
        stopping.raise()
        wakeUps.continuation.finish()
    }
}
