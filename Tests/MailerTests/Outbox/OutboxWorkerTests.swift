import Foundation
import ServiceLifecycle
import Storage
import TestSupport
import Testing

@testable import Mailer

struct OutboxWorkerTests {
    @Test func aMailIsSentRecordedAndItsLinkBeginsToLive() async throws {
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        let worker = try fixture.worker()
        #expect(try await worker.sendNext())
        #expect(
            try await fixture.state(of: id)
                == OutboxFixture.State(state: "sent", attempts: 1, dueIn: .zero, code: 250, text: "queued"))
        #expect(try await fixture.links() == 1)
        let message = try #require(fixture.transport.messages.first)
        #expect(message.text == "hello de {\"number\":7} \(FakeContent.link)")
        #expect(message.date == fixture.time.now)
        #expect(try await worker.sendNext() == false)
    }

    @Test(arguments: [
        (Delivery(.delayed, code: 451, text: "x"), "waiting", 1), (Delivery(.unreachable, text: "x"), "waiting", 1),
        (Delivery(.refused, code: 550, text: "x"), "failed", 1),
        (Delivery(.refusedByPolicy, code: 550, text: "x"), "failed", 1),
        (Delivery(.misconfigured, code: 535, text: "x"), "waiting", 0),
        (Delivery(.interrupted, text: "x"), "waiting", 0),
    ])
    func eachOutcomeHasItsAction(delivery: Delivery, state: String, attempts: Int) async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(delivery)
        let id = try await fixture.enqueue()
        #expect(try await fixture.worker().sendNext())
        let found = try await fixture.state(of: id)
        #expect(found.state == state)
        #expect(found.attempts == attempts)
        #expect(found.code == delivery.code)
        #expect(try await fixture.links() == 0)
    }

    @Test(arguments: [(MailClass.reset, 6, "expired"), (.invitation, 11, "failed"), (.notification, 11, "failed")])
    func aMailIsTriedByItsScheduleWithTheSameMessageID(mailClass: MailClass, attempts: Int, end: String) async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(Delivery(.delayed, code: 451, text: "later"))
        let id = try await fixture.enqueue(mailClass: mailClass)
        let worker = try fixture.worker()
        var pauses: [Duration] = []
        while try await worker.sendNext() {
            let state = try await fixture.state(of: id)
            guard state.state == "waiting" else { break }
            pauses.append(state.dueIn)
            fixture.time.advance(by: state.dueIn - .milliseconds(1))
            #expect(try await worker.sendNext() == false)
            fixture.time.advance(by: .milliseconds(1))
        }
        #expect(try await fixture.state(of: id).state == end)
        #expect(fixture.transport.messages.count == attempts)
        #expect(Set(fixture.transport.messages.map(\.id)).count == 1)
        #expect(pauses.count == mailClass.retries.count)
        for (pause, planned) in zip(pauses, mailClass.retries) {
            #expect(planned * 4 / 5 <= pause && pause <= planned * 6 / 5)
        }
    }

    @Test func aMailThatWouldComeTooLateIsNotSent() async throws {
        let fixture = try await OutboxFixture()
        let late = try await fixture.enqueue(mailClass: .reset, notAfter: fixture.time.now + .minutes(30))
        let void = try await fixture.enqueue("void")
        fixture.time.advance(by: .minutes(31))
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(try await fixture.state(of: late).state == "expired")
        #expect(
            try await fixture.state(of: void)
                == .init(state: "expired", attempts: 1, dueIn: .zero, code: nil, text: "the link was used"))
        #expect(fixture.transport.messages.isEmpty)
    }

    @Test func aMailThatCannotBeWrittenHoldsNobodyUp() async throws {
        let fixture = try await OutboxFixture()
        let broken = try await fixture.enqueue("broken")
        let good = try await fixture.enqueue()
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(try await fixture.state(of: broken).state == "waiting")
        #expect(try await fixture.state(of: good).state == "sent")
        #expect(fixture.log.lines.contains { $0.hasPrefix("error: A mail cannot be written") })
    }

    @Test func aSentMailStaysSentWhenWhatFollowsFails() async throws {
        let fixture = try await OutboxFixture()
        fixture.content.failAfterDelivery()
        let id = try await fixture.enqueue()
        #expect(try await fixture.worker().sendNext())
        #expect(try await fixture.state(of: id).state == "sent")
        #expect(try await fixture.links() == 0)
    }

    @Test func aMisconfiguredTransportIsPausedAndTriedAgain() async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(Delivery(.misconfigured, code: 535, text: "wrong password"))
        for _ in 0..<3 { try await fixture.enqueue() }
        let worker = try fixture.worker()
        #expect(try await worker.sendNext())
        #expect(try await worker.sendNext() == false)
        var status = try await worker.status()
        #expect(status.waiting == 3)
        #expect(status.pause == .init(trouble: .local, code: 535, until: fixture.time.now + .seconds(15)))
        #expect(status.oldest == fixture.time.now)
        // One mail is tried each time that the pause ends, and pauses get longer.
        fixture.time.advance(by: .seconds(15))
        #expect(try await worker.sendNext())
        fixture.time.advance(by: .seconds(15))
        #expect(try await worker.sendNext() == false)
        fixture.transport.answer(Delivery(.sent, code: 250, text: "ok"))
        fixture.time.advance(by: .seconds(15))
        while try await worker.sendNext() {}
        status = try await worker.status()
        #expect(status == MailStatus(waiting: 0, oldest: nil))
        #expect(fixture.log.lines.count { $0.hasPrefix("error: Mail is paused") } == 1)
        #expect(fixture.log.lines.count { $0.hasPrefix("notice: Mail goes out again") } == 1)
    }

    @Test func anUnreachableServerIsNotAskedForEveryMail() async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(Delivery(.unreachable, text: "no route"))
        for _ in 0..<10 { try await fixture.enqueue() }
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(fixture.transport.messages.count == 1)
        fixture.transport.answer(Delivery(.sent, code: 250, text: "ok"))
        fixture.time.advance(by: .seconds(2))
        while try await worker.sendNext() {}
        #expect(fixture.transport.messages.count == 10)
    }

    @Test func threeDomainsThatRefuseInARowPauseTheTransport() async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(Delivery(.refusedByPolicy, code: 550, text: "5.7.1 no"))
        var ids: [OutboxMail.ID] = []
        for domain in ["a", "a", "b", "c", "d"] { ids.append(try await fixture.enqueue(to: "x@\(domain).example")) }
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        var states: [String] = []
        for id in ids { states.append(try await fixture.state(of: id).state) }
        #expect(states == ["failed", "failed", "failed", "waiting", "waiting"])
        #expect(try await worker.status().pause?.trouble == .policy)
        // Another mail is tried next, so that one which nobody wants cannot stop all the others.
        fixture.transport.answer("x@d.example", Delivery(.sent, code: 250, text: "ok"))
        fixture.time.advance(by: .seconds(15))
        #expect(try await worker.sendNext())
        #expect(try await fixture.state(of: ids[4]).state == "sent")
        #expect(try await worker.status().pause == nil)
    }

    @Test func aRefusalBetweenOthersPausesNothing() async throws {
        let fixture = try await OutboxFixture()
        for domain in ["a", "b", "c", "d"] {
            fixture.transport.answer("bad@\(domain).example", Delivery(.refusedByPolicy, code: 550, text: "5.7.1 no"))
            try await fixture.enqueue(to: "bad@\(domain).example")
            try await fixture.enqueue()
        }
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(fixture.transport.messages.count == 8)
    }

    @Test func aMailThatACrashLeftBehindIsSentAgainAtOnce() async throws {
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        // The process died after the claim: before, while or after it sent the mail.
        let dead = OutboxLease(node: "one", start: "before", duration: .minutes(5))
        let now = fixture.time.now
        _ = try await fixture.database.write { try dead.claim(at: now, in: $0) }

        let (same, other) = (try fixture.worker(node: "one"), try fixture.worker(node: "two"))
        try await other.retakeOldClaims()
        #expect(try await other.sendNext() == false)
        try await same.retakeOldClaims()
        #expect(try await same.sendNext())
        #expect(try await fixture.state(of: id).state == "sent")
        #expect(fixture.transport.messages.count == 1)
    }

    @Test func aMailOfADeadNodeIsSentByAnotherAfterItsLease() async throws {
        let fixture = try await OutboxFixture()
        try await fixture.enqueue()
        let dead = OutboxLease(node: "one", start: "before", duration: .minutes(5))
        let now = fixture.time.now
        let claimed = try await fixture.database.write { try dead.claim(at: now, in: $0) }
        let worker = try fixture.worker(node: "two")
        fixture.time.advance(by: .minutes(5) - .milliseconds(1))
        #expect(try await worker.sendNext() == false)
        fixture.time.advance(by: .milliseconds(1))
        #expect(try await worker.sendNext())
        // The first one was only slow, and comes back: its word no longer counts.
        let mail = try #require(claimed)
        let late = MailOutcome.failed(mail, Delivery(.refused, text: "late"))
        #expect(try await fixture.database.write { try dead.record(late, of: mail, at: now, in: $0) } == false)
        #expect(try await fixture.state(of: mail.id).state == "sent")
    }

    @Test func twoWorkersSendNothingTwice() async throws {
        let fixture = try await OutboxFixture()
        for number in 0..<40 { try await fixture.enqueue(to: "u\(number)@example.net") }
        let workers = try ["one", "two", "three"].map { try fixture.worker(node: $0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { while try await worker.sendNext() {} } }
            try await group.waitForAll()
        }
        #expect(fixture.transport.messages.count == 40)
        #expect(Set(fixture.transport.messages.map(\.to)).count == 40)
    }

    @Test func noLinkIsLoggedOrStored() async throws {
        let fixture = try await OutboxFixture()
        fixture.transport.answer(
            "spam@example.net",
            Delivery(.refused, code: 554, text: "5.7.1 spam: <\(FakeContent.link)>, ush_pw_0123456789!"))
        let id = try await fixture.enqueue(to: "spam@example.net")
        try await fixture.enqueue()
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(try await fixture.state(of: id).text == "5.7.1 spam: [from the mail] [from the mail]")
        #expect(fixture.log.lines.count == 2)
        #expect(!fixture.log.lines.contains { $0.contains("ush_pw") || $0.contains("Subject of") })
    }

    @Test func aNotifiedWorkerSendsUntilItIsShutDown() async throws {
        let fixture = try await OutboxFixture()
        let worker = try fixture.worker()
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: worker)], logger: fixture.log.logger))
        async let running: Void = group.run()
        for count in 1...3 {
            try await fixture.enqueue()
            worker.notify()
            while fixture.transport.messages.count < count { await Task.yield() }
        }
        await group.triggerGracefulShutdown()
        try await running
        #expect(try await worker.status().waiting == 0)
    }

    @Test func cancellingAWorkerEndsTheDeliveryUnderWay() async throws {
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        fixture.transport.stick()
        let worker = try fixture.worker()
        let task = Task { try await worker.run() }
        while fixture.transport.messages.isEmpty { await Task.yield() }
        task.cancel()
        try await task.value
        let state = try await fixture.state(of: id)
        #expect(state.state == "waiting")
        #expect(state.attempts == 0)
    }
}
