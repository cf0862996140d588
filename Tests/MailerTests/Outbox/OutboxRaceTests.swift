import Storage
import TestSupport
import Testing

@testable import Mailer

/// Several nodes, or lanes of one, that do the same with the outbox at once.
struct OutboxRaceTests {
    private func lease(_ name: String) -> OutboxLease {
        OutboxLease(node: name, start: name, duration: .minutes(5))
    }

    @Test func oneKeyMakesOneMailHoweverManyAskAtOnce() async throws {
        let fixture = try await OutboxFixture()
        let ids = try await withThrowingTaskGroup(of: OutboxMail.ID.self) { group in
            for _ in 0..<16 { group.addTask { try await fixture.enqueue(dedupeKey: "7/hello/12:00") } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try await fixture.count(.waiting) == 1)
    }

    @Test func eachMailIsClaimedByOneOfManyAndNobodyGoesAwayWithoutOne() async throws {
        let fixture = try await OutboxFixture()
        try await fixture.enqueue(count: 24)
        let now = fixture.time.now
        let claimed = try await withThrowingTaskGroup(of: OutboxMail.ID?.self) { group in
            for number in 0..<24 {
                let lease = lease("node \(number)")
                group.addTask { try await fixture.database.write { try lease.claim(at: now, in: $0)?.id } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(claimed.compactMap(\.self)).count == 24)
    }

    @Test(.enabled(if: !DatabaseKind.isSQLite, "SQLite has one writer"))
    func nobodyWaitsForAnothersClaim() async throws {
        let fixture = try await OutboxFixture()
        let (first, second) = (try await fixture.enqueue(), try await fixture.enqueue())
        let (now, slow, quick) = (fixture.time.now, lease("slow"), lease("quick"))
        let (claimed, release) = (Signal(), Signal())
        let slowly = Task {
            try await fixture.database.write { tx in
                let mail = try slow.claim(at: now, in: tx)
                claimed.send()
                release.wait()
                return mail?.id
            }
        }
        await claimed.arrival()
        // While the other has not committed; it does so only afterwards.
        let mail = try await fixture.database.write { try quick.claim(at: now, in: $0)?.id }
        release.send()
        #expect(try await slowly.value == first)
        #expect(mail == second)
    }
}
