import Dispatch
import Storage
import Synchronization

/// Hands rows from the transaction that reads to the one that writes, each of which has a thread of its own.
///
/// Both block: who puts, while enough is waiting, and who takes, while nothing is.
final class RowChannel: Sendable {
    enum Item: Sendable {
        case rows(TableShape, [[SQLValue]])
        /// Nothing more comes; this is what there was.
        case end([String: TableState])
    }

    private struct State {
        var items: [Item] = []
        var isRead = false
        var isWritten = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let waiting = DispatchSemaphore(value: 0)

    init(capacity: Int = 4) {
        // A semaphore must not end with less than it began with, and this one does when the copy is broken off.
        for _ in 0..<capacity { room.signal() }
    }

    /// To be called when reading begins: a transaction that is run again would put its rows twice.
    func beginReading() throws {
        try state.withLock { state in
            if state.isRead { throw Self.brokenOff }
            state.isRead = true
        }
    }

    /// To be called when writing begins: a transaction that is run again would lack the rows that were taken.
    func beginWriting() throws {
        try state.withLock { state in
            if state.isWritten { throw Self.brokenOff }
            state.isWritten = true
        }
    }

    private static let brokenOff = StorageError.unavailable("the connection broke; begin the copy again")

    /// - Throws: What the other side failed with.
    func put(_ item: Item) throws {
        room.wait()
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.items.append(item)
        }
        waiting.signal()
    }

    /// - Throws: What the other side failed with.
    func take() throws -> Item {
        waiting.wait()
        let item = try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.items.removeFirst()
        }
        room.signal()
        return item
    }

    /// Ends it for both sides, once and for all; the first failure counts.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = $0.failure ?? error }
        room.signal()
        waiting.signal()
    }

    var failure: (any Error)? { state.withLock(\.failure) }
}
