import Glibc
import Synchronization
import Testing

@testable import Cryptography

// Far beyond what scrypt on a busy machine takes: only a hasher that hangs is caught.
@Suite(.timeLimit(.minutes(20))) struct PasswordHasherTests {
    private static let current = PasswordParameters.scrypt(logCost: 5, blockSize: 1, parallelization: 1)

    private func hasher(_ gate: HashingGate, threads: Int = 1, queueLimit: Int = 64) -> PasswordHasher {
        PasswordHasher(
            parameters: Self.current,
            random: FixedRandom(),
            threads: threads,
            queueLimit: queueLimit,
            derive: gate.derive
        )
    }

    @Test func aPasswordIsMadeAndVerified() async throws {
        let hasher = PasswordHasher()
        let phc = try await hasher.hash(Secret("caf\u{e9}"))
        #expect(try await hasher.verify(Secret("cafe\u{301}"), against: phc))
        #expect(try await !hasher.verify(Secret("cafe"), against: phc))
        #expect(try await !hasher.verify(Secret("cafe"), against: nil))
        #expect(!hasher.needsRehash(phc))
        hasher.shutdown()
    }

    @Test func everyCheckIsOnePieceOfFullWork() async throws {
        let gate = HashingGate(isOpen: true)
        let hasher = hasher(gate)
        let phc = try await hasher.hash(Secret("right"))
        let full = HashingGate.Work(parameters: Self.current, length: 32)
        #expect(gate.work == [full])
        #expect(try await hasher.verify(Secret("right"), against: phc))
        #expect(gate.work == [full, full])
        #expect(try await !hasher.verify(Secret("wrong"), against: phc))
        #expect(gate.work == [full, full, full])
        #expect(try await !hasher.verify(Secret("right"), against: nil))
        #expect(gate.work == [full, full, full, full])
        await #expect(throws: CryptographyError.malformedPasswordHash) {
            try await hasher.verify(Secret("right"), against: "junk")
        }
        #expect(gate.work == [full, full, full, full, full])
    }

    @Test func nobodyLogsInWithoutAStoredPassword() async throws {
        // Work that gives zeros, which is what stands in the dummy.
        let hasher = PasswordHasher(
            parameters: Self.current, random: FixedRandom(), threads: 1, queueLimit: 1,
            derive: { _, _, _, length in [UInt8](repeating: 0, count: length) }
        )
        #expect(try await !hasher.verify(Secret("any"), against: nil))
    }

    @Test func tooManyAreRefused() async throws {
        let gate = HashingGate(isOpen: false)
        let hasher = hasher(gate, queueLimit: 2)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for count in 1...3 {
                group.addTask { try await hasher.verify(Secret("a"), against: nil) }
                await wait { gate.work.count == 1 && hasher.waitingCount == count - 1 }
            }
            await #expect(throws: PasswordHasher.Overloaded.self) {
                try await hasher.verify(Secret("a"), against: nil)
            }
            for _ in 1...3 { gate.letOneThrough() }
            for try await matches in group { #expect(!matches) }
        }
        #expect(gate.work.count == 3)
        // There is room again.
        gate.letOneThrough()
        _ = try await hasher.hash(Secret("a"))
    }

    @Test func aFreeThreadIsNoQueue() async throws {
        let hasher = hasher(HashingGate(isOpen: true), queueLimit: 0)
        for _ in 0..<100 { _ = try await hasher.hash(Secret("a")) }
    }

    @Test func aCancelledCallersJobIsDroppedIfNotBegun() async throws {
        let gate = HashingGate(isOpen: false)
        let hasher = hasher(gate)
        let first = Task { try await hasher.hash(Secret("a")) }
        await wait { gate.work.count == 1 }
        let second = Task { try await hasher.hash(Secret("b")) }
        await wait { hasher.waitingCount == 1 }

        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(hasher.waitingCount == 0)

        // What has begun is finished, cancelled or not.
        first.cancel()
        gate.letOneThrough()
        _ = try await first.value
        #expect(gate.work.count == 1)

        // The dropped job's signal harms nobody.
        gate.letOneThrough()
        _ = try await hasher.hash(Secret("c"))
        #expect(gate.work.count == 2)
    }

    @Test func whoIsCancelledAlreadyGetsNoTurn() async throws {
        let gate = HashingGate(isOpen: false)
        let hasher = hasher(gate, threads: 0)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await hasher.hash(Secret("a"))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(hasher.waitingCount == 0)
    }

    @Test func shutdownRefusesWhoWaitsAndFinishesWhatHasBegun() async throws {
        let gate = HashingGate(isOpen: false)
        let hasher = hasher(gate)
        let begun = Task { try await hasher.hash(Secret("a")) }
        await wait { gate.work.count == 1 }
        let waiting = Task { try await hasher.hash(Secret("b")) }
        await wait { hasher.waitingCount == 1 }

        hasher.shutdown()
        hasher.shutdown()
        await #expect(throws: PasswordHasher.Closed.self) { try await waiting.value }
        await #expect(throws: PasswordHasher.Closed.self) { try await hasher.hash(Secret("c")) }
        gate.letOneThrough()
        _ = try await begun.value
        #expect(gate.work.count == 1)
    }

    private final class Meter: Sendable {
        private let running = Mutex((now: 0, most: 0))
        var most: Int { running.withLock { $0.most } }

        func count(_ body: () -> Void) {
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            body()
            running.withLock { $0.now -= 1 }
        }
    }

    @Test func noMoreWorkAtOnceThanThreads() async throws {
        let meter = Meter()
        let pool = HashingPool(threads: 3, queueLimit: 64)
        defer { pool.shutdown() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask { try await pool.run { meter.count { _ = sched_yield() } } }
            }
            try await group.waitForAll()
        }
        #expect((1...3).contains(meter.most))
    }

    @Test func hashingGivesWayToRequests() async throws {
        let pool = HashingPool(threads: 1, queueLimit: 1)
        defer { pool.shutdown() }
        let priority = { @Sendable in getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
        let before = priority()
        #expect(try await pool.run { priority() } == 10)
        // The thread that asked is as it was.
        #expect(priority() == before)
    }

    @Test func theThreadsEndWithTheHasher() async throws {
        // Each thread holds the queue for as long as it lives.
        weak var queue: HashingQueue?
        do {
            let hasher = hasher(HashingGate(isOpen: true), threads: 4)
            queue = hasher.pool.queue
            _ = try await hasher.hash(Secret("a"))
        }
        await wait { queue == nil }
        #expect(queue == nil)
    }

    @Test func anErrorOfTheWorkReachesTheCaller() async throws {
        let pool = HashingPool(threads: 1, queueLimit: 1)
        defer { pool.shutdown() }
        await #expect(throws: CryptographyError.invalidKey) {
            try await pool.run { throw CryptographyError.invalidKey }
        }
    }
}
