import Synchronization

@testable import Cryptography

/// Stands in for the work of a password: counts it, and can hold it up until told to go on.
final class HashingGate: Sendable {
    struct Work: Equatable {
        let parameters: PasswordParameters
        let length: Int
    }

    private let begun = Mutex<[Work]>([])
    private let passes = Semaphore()
    private let isOpen: Bool

    init(isOpen: Bool) {
        self.isOpen = isOpen
    }

    var work: [Work] { begun.withLock { $0 } }

    /// Lets one piece of work through.
    func letOneThrough() {
        passes.signal()
    }

    func derive(_ parameters: PasswordParameters, _ password: [UInt8], _ salt: [UInt8], _ length: Int) -> [UInt8] {
        begun.withLock { $0.append(Work(parameters: parameters, length: length)) }
        if !isOpen { passes.wait() }
        return Array(SHA256.hash(salt + password).bytes.prefix(length))
    }
}

/// Lets other tasks run until something is so; the tests wait for what another thread does, never for time to pass.
func wait(until condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
