import Cryptography
import Engine
import JSON
import Logging
import Mailer
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Commands

/// What commands and the audit know of how a mail ended.
struct MailTests {
    /// Takes nothing, and says why.
    private final class Refusal: MailTransport {
        let place = "nowhere"
        let delivery: Delivery
        private let count = Mutex(0)

        init(_ delivery: Delivery) {
            self.delivery = delivery
        }

        var tries: Int { count.withLock { $0 } }

        func deliver(_ message: MailMessage, label: String) async -> Delivery {
            count.withLock { $0 += 1 }
            return delivery
        }

        func interrupt() {}
        func close() async {}
    }

    private func audit(_ world: World) async throws -> [AuditRow] {
        try await world.database.read { tx in
            try tx.rows("SELECT * FROM audit WHERE action = 'send-mail' ORDER BY id").map { row in
                AuditRow(
                    caller: try row.string("caller_kind"), id: try row.string("request_id"),
                    changes: try JSONValue(parsing: row.string("changes")))
            }
        }
    }

    private struct AuditRow: Sendable {
        let caller: String
        let id: String
        let changes: JSONValue
    }

    private func running(_ world: World, _ transport: Refusal, _ body: (OutboxWorker) async throws -> Void) async throws
    {
        let worker = OutboxWorker(
            database: world.database, outbox: Outbox(random: SystemRandom()),
            content: DomainMailContent(templates: CurrentTemplates(try .shipped()), services: world.services),
            maximumLanes: 1,
            sender: Mailbox(address: try MailAddress("noreply@example.com")), clock: world.clock.clock,
            random: SystemRandom(), node: "test", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            makeTransport: { transport })
        let task = Task { try await worker.run() }
        do {
            try await body(worker)
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        try await task.value
    }

    @Test func aRefusedMailIsInTheAuditAndInTheList() async throws {
        let world = try await World.make()
        try await world.shop("create-user", ["email": "ada@example.com", "name": "Ada"])
        try await running(world, Refusal(Delivery(.refused, code: 550, text: "5.1.1 no such user"))) { worker in
            _ = try await eventually("the end of the mail") { try await worker.status().waiting == 0 ? true : nil }
        }
        let list = try await world.shop("list-mails", ["state": "failed"])
        let mail = try #require(list["items"]?.arrayValue?.first)
        #expect(mail["template"] == "set-password")
        #expect(mail["to"] == "ada@example.com")
        #expect(mail["code"] == 550)
        #expect(mail["answer"] == "5.1.1 no such user")
        #expect(mail["nextTryAt"] == .null)
        #expect(mail["finishedAt"]?.stringValue == world.clock.now.description)
        #expect(!list.text.contains("link"))
        let rows = try await audit(world)
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        #expect(row.caller == "system")
        #expect(row.id == mail["messageId"]?.stringValue)
        let change = try #require(row.changes.arrayValue?.first)
        #expect(change["kind"] == "mail" && change["id"] == mail["id"])
        #expect(change["to"] == ["state": "failed", "template": "set-password", "code": 550])
        #expect(try await world.shop("list-mails", ["state": "waiting"])["items"] == [])
    }

    @Test func aResetThatComesTooLateIsGivenUpAndOnRecord() async throws {
        let world = try await World.make()
        _ = try await world.user()
        _ = try await world.database.write { try $0.execute("DELETE FROM outbox") }
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let transport = Refusal(Delivery(.delayed, code: 451, text: "4.7.1 later"))
        try await running(world, transport) { worker in
            _ = try await eventually("the first try") { transport.tries == 1 ? true : nil }
            world.clock.advance(by: .seconds(31 * 60))
            worker.notify()
            _ = try await eventually("the end of the mail") { try await worker.status().waiting == 0 ? true : nil }
        }
        #expect(transport.tries == 1)
        let list = try await world.shop("list-mails", ["state": "expired"])
        #expect(list["items"]?.arrayValue?.count == 1)
        #expect(try await audit(world).count == 1)
    }

    @Test func aMailWhoseLinkIsUsedIsNoLoss() async throws {
        let world = try await World.make()
        _ = try await world.user()
        // The invitation waits; its link has been used meanwhile.
        let transport = Refusal(Delivery(.sent, code: 250, text: "ok"))
        try await running(world, transport) { worker in
            _ = try await eventually("the end of the mails") { try await worker.status().waiting == 0 ? true : nil }
        }
        #expect(try await world.shop("list-mails", ["state": "expired"])["items"]?.arrayValue?.count == 1)
        #expect(try await audit(world).isEmpty)
    }

    @Test func mailsAreListedPageByPage() async throws {
        let world = try await World.make()
        for number in 0..<5 {
            try await world.shop("create-user", ["email": .string("u\(number)@example.com"), "name": "U"])
        }
        var (seen, cursor): ([String], JSONValue) = ([], .null)
        repeat {
            let page = try await world.shop("list-mails", ["limit": 2, "cursor": cursor])
            seen += page["items"]?.arrayValue?.compactMap { $0["to"]?.stringValue } ?? []
            cursor = page["nextCursor"] ?? .null
        } while cursor != .null
        #expect(seen == (0..<5).map { "u\($0)@example.com" })
    }

    @Test func anUnknownStateIsRefused() async throws {
        let world = try await World.make()
        #expect(try await code { try await world.shop("list-mails", ["state": "lost"]) } == .invalidInput)
    }
}
