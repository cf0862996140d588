import Metrics
import MetricsTestKit
import Testing

@testable import Cryptography

/// What the hashing of passwords counts of itself.
struct HashingMetricsTests {
    @Test func whatRunsWaitsAndIsRefusedIsTold() async throws {
        let (gate, metrics) = (HashingGate(isOpen: false), TestMetrics())
        let hasher = PasswordHasher(
            parameters: .recommended, random: FixedRandom(), threads: 1, queueLimit: 1, metrics: metrics,
            derive: { gate.derive($0, $1, $2, $3) })
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for count in 1...2 {
                group.addTask { try await hasher.verify(Secret("a"), against: nil) }
                await wait { gate.work.count == 1 && hasher.waitingCount == count - 1 }
            }
            #expect(hasher.runningCount == 1)
            await #expect(throws: PasswordHasher.Overloaded.self) {
                try await hasher.verify(Secret("a"), against: nil)
            }
            for _ in 1...2 { gate.letOneThrough() }
            for try await matches in group { #expect(!matches) }
        }
        #expect(hasher.runningCount == 0)
        hasher.shutdown()
        await #expect(throws: PasswordHasher.Closed.self) { try await hasher.verify(Secret("a"), against: nil) }
        let refused = try metrics.expectCounter("usher_password_hashes_refused_total").totalValue
        #expect(refused == 1, "one that comes after the end was not too many")
        #expect(try metrics.expectTimer("usher_password_hash_duration_seconds").values.count == 2)
    }
}
