import Storage
import TestSupport
import Testing

@testable import Mailer

/// Several mails at a time when many wait.
struct OutboxLaneTests {
    /// Runs a worker beside `body`, and ends it.
    private func running(_ worker: OutboxWorker, _ body: () async throws -> Void) async throws {
        let task = Task { try await worker.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            try await task.value
            throw error
        }
        task.cancel()
        try await task.value
    }

    @Test func aFewMailsGoOneAfterTheOther() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        try await fixture.enqueue(count: LaneLimit.mailsPerLane)
        transports.release(LaneLimit.mailsPerLane)
        try await running(try fixture.worker(lanes: 8, makeTransport: transports.make)) {
            _ = try await eventually("all mails") { try await fixture.count(.sent) == 8 ? true : nil }
        }
        #expect(transports.made == 1)
        let numbers = transports.started.map { Int($0.to.address.local.dropFirst(4)) }
        #expect(numbers == Array(0..<8))
    }

    @Test func aLongQueueGoesInEightLanesAndNothingIsLeftOpen() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        try await fixture.enqueue(count: 200)
        try await running(try fixture.worker(lanes: 8, makeTransport: transports.make)) {
            _ = try await eventually("eight at once") { transports.underWay == 8 ? true : nil }
            transports.release(200)
            _ = try await eventually("all mails") { try await fixture.count(.sent) == 200 ? true : nil }
            _ = try await eventually("the lanes' ends") { transports.closed == transports.made - 1 ? true : nil }
        }
        #expect(transports.made == 8)
        #expect(transports.closed == 8, "the last one, too, when the worker ends")
        #expect(Set(transports.started.map(\.id)).count == 200)
        #expect(transports.started.count == 200)
    }

    @Test func aResetMailWaitsForNoNotification() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        try await fixture.enqueue(count: 300)
        let worker = try fixture.worker(lanes: 8, makeTransport: transports.make)
        try await running(worker) {
            _ = try await eventually("eight at once") { transports.underWay == 8 ? true : nil }
            try await fixture.enqueue("reset", to: "ann@example.net", mailClass: .reset)
            transports.release(1)
            _ = try await eventually("the next mail") { transports.started.count == 9 ? true : nil }
            #expect(transports.started.last?.to.address.text == "ann@example.net")
        }
    }

    @Test func aStopEndsEveryLaneAndCountsNoAttempt() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        try await fixture.enqueue(count: 100)
        try await running(try fixture.worker(lanes: 8, makeTransport: transports.make)) {
            _ = try await eventually("eight at once") { transports.underWay == 8 ? true : nil }
        }
        #expect(transports.closed == transports.made)
        #expect(try await fixture.count(.waiting) == 100)
        let attempts = try await fixture.database.read { tx in
            try tx.row("SELECT max(attempts) AS n FROM outbox")?.int("n")
        }
        #expect(attempts == 0)
    }

    @Test func aClosedGateLetsOneMailThroughAtATime() async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(Delivery(.misconfigured, code: 535, text: "wrong password", trouble: .login))
        try await fixture.enqueue(count: 200)
        let worker = try fixture.worker(lanes: 8)
        try await running(worker) {
            let first = try await eventually("the pause") { try await worker.status().pause }
            #expect(first == .init(trouble: .login, code: 535, until: fixture.time.now + .seconds(15)))
            _ = try await eventually("the lanes' ends") { await worker.runningLanes == 0 ? true : nil }
            let tried = fixture.transport.messages.count
            #expect(tried <= 8)
            fixture.time.advance(by: .seconds(15))
            worker.notify()
            // A failed probe closes it for longer.
            _ = try await eventually("the next pause") {
                try await worker.status().pause?.until == fixture.time.now + .seconds(30) ? true : nil
            }
            _ = try await eventually("the lane's end") { await worker.runningLanes == 0 ? true : nil }
            #expect(fixture.transport.messages.count == tried + 1)
            // By itself, as soon as it works.
            fixture.transport.answer(Delivery(.sent, code: 250, text: "ok"))
            fixture.time.advance(by: .seconds(30))
            _ = try await eventually("all mails") { try await fixture.count(.sent) == 200 ? true : nil }
            #expect(try await worker.status() == MailStatus(waiting: 0, oldest: nil))
        }
        #expect(fixture.log.lines.count { $0.hasPrefix("error: Mail is paused") } == 1)
    }

    @Test func workersOfSeveralProcessesNeverHaveTheSameMailAtOnce() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        try await fixture.enqueue(count: 300)
        let databases = try (0..<3).map { _ in try fixture.reopened() }
        let workers = try databases.enumerated().map { number, database in
            try fixture.worker(node: "\(number)", lanes: 4, database: database, makeTransport: transports.make)
        }
        let tasks = workers.map { worker in Task { try await worker.run() } }
        _ = try await eventually("twelve at once") { transports.underWay == 12 ? true : nil }
        transports.release(300)
        _ = try await eventually("all mails") { try await fixture.count(.sent) == 300 ? true : nil }
        for task in tasks {
            task.cancel()
            try await task.value
        }
        #expect(transports.twiceAtOnce == [])
        #expect(transports.started.count == 300)
        for database in databases { try await database.close() }
    }

    @Test func lanesWithoutADatabaseEndAndCloseTheirConnections() async throws {
        let fixture = try await OutboxFixture()
        let transports = HeldTransports()
        let database = try fixture.reopened()
        try await fixture.enqueue(count: 100)
        let worker = try fixture.worker(lanes: 8, database: database, makeTransport: transports.make)
        try await running(worker) {
            _ = try await eventually("eight at once") { transports.underWay == 8 ? true : nil }
            try await database.close()
            transports.release(8)
            _ = try await eventually("a failure") {
                fixture.log.lines.contains { $0.contains("outcome cannot be stored") } ? true : nil
            }
        }
        #expect(transports.closed == transports.made)
        // What was sent and could not be recorded goes again, once, when the lease is over: nothing is lost.
        #expect(try await fixture.count(.sending) == 8)
    }

    @Test func whatWasDoneWithAMonthAgoIsDeletedAtTheStartAndEachHour() async throws {
        let fixture = try await OutboxFixture()
        try await fixture.enqueue(count: 2500)
        let waiting = try await fixture.enqueue(to: "later@example.net", mailClass: .reset)
        let finished = fixture.time.now
        _ = try await fixture.database.write { tx in
            try tx.execute(
                "UPDATE outbox SET state = 'sent', finished_at = $1 WHERE class = 'notification'", finished)
        }
        let young = try await fixture.enqueue(to: "young@example.net")
        fixture.transport.answer("later@example.net", Delivery(.delayed, code: 451, text: "later"))
        fixture.time.advance(by: .hours(24 * 30) + .milliseconds(1))
        let worker = try fixture.worker()
        try await running(worker) {
            _ = try await eventually("the sweep") { try await fixture.count(.sent) == 1 ? true : nil }
            #expect(try await fixture.state(of: waiting).state == "waiting")
            #expect(try await fixture.state(of: young).state == "sent")
            fixture.time.advance(by: .hours(24 * 30) + .milliseconds(1))
            worker.notify()
            _ = try await eventually("the next sweep") {
                try await fixture.state(of: young).state == "gone" ? true : nil
            }
        }
    }
}
