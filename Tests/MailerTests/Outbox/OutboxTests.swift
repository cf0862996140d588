import JSON
import Storage
import TestSupport
import Testing

@testable import Mailer

struct OutboxTests {
    @Test func aDraftIsKeptWholeAndClaimedOnce() async throws {
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue(to: "ann@bücher.example", mailClass: .reset)
        let lease = OutboxLease(node: "one", start: "1", duration: .minutes(5))
        let now = fixture.time.now
        let claimed = try await fixture.database.write { try lease.claim(at: now, in: $0) }
        let mail = try #require(claimed)
        #expect(mail.id == id)
        #expect(mail.to.address.text == "ann@xn--bcher-kva.example")
        #expect(mail.to.name == "Ann")
        #expect(mail.locale == "de")
        #expect(mail.parameters == .object(["number": 7]))
        #expect(mail.mailClass == .reset)
        #expect(mail.attempts == 1)
        #expect(mail.messageID.count == 26)
        #expect(try await fixture.database.write { try lease.claim(at: now, in: $0) } == nil)
    }

    @Test func aFullOutboxRefuses() async throws {
        let fixture = try await OutboxFixture(maximumWaiting: 2)
        try await fixture.enqueue()
        try await fixture.enqueue()
        await #expect(throws: OutboxFull.self) { try await fixture.enqueue() }
        #expect(try await fixture.worker().sendNext())
        try await fixture.enqueue()
    }

    @Test func aLostLeaseWritesNothing() async throws {
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        let (slow, next) = (
            OutboxLease(node: "one", start: "1", duration: .minutes(5)),
            OutboxLease(node: "two", start: "2", duration: .minutes(5))
        )
        let now = fixture.time.now
        let first = try await fixture.database.write { try slow.claim(at: now, in: $0) }
        let second = try await fixture.database.write { try next.claim(at: now + .minutes(5), in: $0) }
        let (lost, held) = (try #require(first), try #require(second))
        #expect(lost.id == id && held.id == id && lost.messageID == held.messageID)
        let failed = MailOutcome.failed(lost, Delivery(.refused, text: "late"))
        #expect(try await fixture.database.write { try slow.record(failed, of: lost, at: now, in: $0) } == false)
        #expect(try await fixture.state(of: id).state == "sending")
        let sent = MailOutcome.sent(held, Delivery(.sent, text: "in time"))
        #expect(try await fixture.database.write { try next.record(sent, of: held, at: now, in: $0) })
    }

    @Test func aMailInHandIsNotClaimedAgainByTheSameStartHoweverTheClockMoves() async throws {
        let fixture = try await OutboxFixture()
        try await fixture.enqueue()
        let lease = OutboxLease(node: "one", start: "1", duration: .minutes(5))
        let (now, later) = (fixture.time.now, fixture.time.now + .hours(1))
        #expect(try await fixture.database.write { try lease.claim(at: now, in: $0) } != nil)
        #expect(try await fixture.database.write { try lease.claim(at: later, in: $0) } == nil)
        #expect(try await fixture.database.read { try lease.countDue(upTo: 9, at: later, in: $0) } == 0)
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "reads SQLite's plan"))
    func aLookUpTakesOneStepHoweverManyMailsWait() async throws {
        let fixture = try await OutboxFixture()
        let plan = try await fixture.database.read { tx in
            try tx.rows(
                """
                EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE \(OutboxLease.isFree) AND priority = $1 AND id > $2
                ORDER BY due_at, id LIMIT 1
                """, 2, 0, "start", 0
            ).map { try $0.string("detail") }
        }
        #expect(plan == ["SEARCH outbox USING INDEX outbox_due (priority=? AND due_at<?)"])
    }

    @Test func oneKeyMakesOneMail() async throws {
        let fixture = try await OutboxFixture()
        let first = try await fixture.enqueue(dedupeKey: "7/hello/12:00")
        #expect(try await fixture.enqueue(dedupeKey: "7/hello/12:00") == first)
        #expect(try await fixture.enqueue(dedupeKey: "7/hello/12:01") != first)
        let (without, again) = (try await fixture.enqueue(), try await fixture.enqueue())
        #expect(without != again)
    }

    @Test func aMailIsPartOfItsTransaction() async throws {
        struct Refusal: Error {}
        let fixture = try await OutboxFixture()
        let draft = MailDraft(
            template: "hello", to: Mailbox(address: try MailAddress("ann@example.net")), mailClass: .notification)
        let (outbox, now) = (fixture.outbox, fixture.time.now)
        await #expect(throws: Refusal.self) {
            try await fixture.database.write { tx in
                try outbox.enqueue(draft, at: now, in: tx)
                #expect(tx.writtenKinds == ["mail"])
                throw Refusal()
            }
        }
        #expect(try await fixture.worker().status().waiting == 0)
    }

    @Test func urgentMailsGoFirst() async throws {
        let fixture = try await OutboxFixture()
        for mailClass in [MailClass.notification, .invitation, .reset] {
            try await fixture.enqueue(mailClass.rawValue, mailClass: mailClass)
            fixture.time.advance(by: .seconds(1))
        }
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        #expect(
            fixture.transport.messages.map { $0.text.prefix { $0 != " " } } == ["reset", "invitation", "notification"])
    }

    @Test func whatIsDoneWithCanBeDeleted() async throws {
        let fixture = try await OutboxFixture()
        let (sent, waiting) = (try await fixture.enqueue(), try await fixture.enqueue(to: "later@example.net"))
        fixture.transport.answer("later@example.net", Delivery(.delayed, code: 451, text: "later"))
        let worker = try fixture.worker()
        while try await worker.sendNext() {}
        fixture.time.advance(by: .hours(1))
        let (outbox, now) = (fixture.outbox, fixture.time.now)
        #expect(try await fixture.database.write { try outbox.prune(finishedBefore: now, in: $0) } == 1)
        #expect(try await fixture.state(of: sent).state == "gone")
        #expect(try await fixture.state(of: waiting).state == "waiting")
    }

    @Test func aRowThatCannotBeReadIsPutAside() async throws {
        let fixture = try await OutboxFixture()
        let (bad, good) = (try await fixture.enqueue(), try await fixture.enqueue())
        _ = try await fixture.database.write {
            try $0.execute("UPDATE outbox SET address = 'nobody' WHERE id = $1", bad)
        }
        #expect(try await fixture.worker().sendNext())
        #expect(try await fixture.state(of: bad).state == "failed")
        #expect(try await fixture.state(of: good).state == "sent")
    }
}
