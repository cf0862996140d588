import Synchronization
import Testing

@testable import Server

struct MailBellTests {
    /// A server sends more mails than a stack has room for calls.
    @Test func itCanRingAnyNumberOfTimes() {
        let bell = MailBell()
        let count = Atomic(0)
        // Nobody listens yet, and nothing happens.
        bell.ring()
        bell.onRing { count.add(1, ordering: .relaxed) }
        for _ in 0..<300_000 { bell.ring() }
        #expect(count.load(ordering: .relaxed) == 300_000)
    }
}
