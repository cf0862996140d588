import Cryptography
import Dispatch
import Glibc
import Synchronization

/// How many passwords the machine can hash when it does nothing else: a thread on each core, no queue, no server.
struct HashRate {
    let duration: Duration

    /// Hashes in a second, on all cores together.
    func measure() -> Double {
        let count = Atomic<Int>(0)
        let start = ContinuousClock.now
        let end = start + duration
        DispatchQueue.concurrentPerform(iterations: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { _ in
            while ContinuousClock.now < end, hash() { count.add(1, ordering: .relaxed) }
        }
        return Double(count.load(ordering: .relaxed)) / ((ContinuousClock.now - start) / .seconds(1))
    }

    private func hash() -> Bool {
        (try? PasswordParameters.recommended.derive(Array("correct horse".utf8), salt: Self.salt, length: 32)) != nil
    }

    private static let salt = Array("sixteen bytes !!".utf8)
}
