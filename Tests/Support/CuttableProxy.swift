import Foundation
import Synchronization

/// A way to a server on this machine that can be cut, as a network can.
package final class CuttableProxy: Sendable {
    package enum Way: Sendable, Equatable {
        case open
        /// Connections break, and new ones are ended at once.
        case cut
        /// Nothing gets through, and nobody is told; new connections lead nowhere.
        case silent
        /// What holds this text reaches the server, and then the connection breaks: the answer is lost.
        case losingTheAnswer(to: String)
        /// What holds this text does not reach the server, for the connection breaks before.
        case losingTheQuestion(String)
    }

    private struct State {
        var way = Way.open
        var sockets: Set<Int32> = []
    }

    package let port: Int
    private let target: Int
    private let listener: Int32
    private let state = Mutex(State())
    /// Told when the way has changed.
    private let news = NSCondition()

    /// - Parameter target: The server's port.
    /// - Throws: `SocketError`
    package init(to target: Int) throws {
        self.target = target
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw SocketError(call: "socket", code: errno) }
        port = try Self.listen(listener)
        Thread.detachNewThread { [self] in acceptAll() }
    }

    deinit { Foundation.close(listener) }

    package func become(_ way: Way) {
        state.withLock { state in
            state.way = way
            if way == .cut { for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) } }
        }
        news.lock()
        news.broadcast()
        news.unlock()
    }

    /// Ends everything; the object lives as long as its thread.
    package func close() {
        become(.cut)
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            if isSilent {
                state.withLock { _ = $0.sockets.insert(client) }
                continue
            }
            let server = state.withLock { $0.way == .cut } ? -1 : Self.connect(to: target)
            guard server >= 0 else {
                Foundation.close(client)
                continue
            }
            let pair = Pair(client: client, server: server)
            state.withLock { state in state.sockets.formUnion([client, server]) }
            Thread.detachNewThread { [self] in
                carry(from: client, to: server, isQuestion: true)
                leave(pair)
            }
            Thread.detachNewThread { [self] in
                carry(from: server, to: client, isQuestion: false)
                leave(pair)
            }
        }
    }

    /// The sockets of a connection, which two threads use.
    private final class Pair: Sendable {
        let client: Int32
        let server: Int32
        let users = Mutex(2)

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }
    }

    /// The last of the two closes: the numbers of closed sockets are somebody else's soon.
    private func leave(_ pair: Pair) {
        let isLast = pair.users.withLock { users in
            users -= 1
            return users == 0
        }
        guard isLast else { return }
        state.withLock { state in state.sockets.subtract([pair.client, pair.server]) }
        Foundation.close(pair.client)
        Foundation.close(pair.server)
    }

    /// Until one side ends, which ends the other.
    private func carry(from source: Int32, to target: Int32, isQuestion: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            waitOutSilence()
            let bytes = buffer[..<count]
            let loss = isQuestion ? take(loss: bytes) : nil
            if case .losingTheQuestion? = loss { break }
            if case .losingTheAnswer? = loss {
                // No byte of the answer gets back. The server reads the question and the end behind it; the thread for its
                // answer ends the rest.
                shutdown(source, Int32(SHUT_RDWR))
                _ = unsafe send(target, Array(bytes), count, Int32(MSG_NOSIGNAL))
                shutdown(target, Int32(SHUT_WR))
                return
            }
            guard unsafe send(target, Array(bytes), count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }

    private var isSilent: Bool { state.withLock { $0.way == .silent } }

    private func waitOutSilence() {
        news.lock()
        while isSilent { news.wait() }
        news.unlock()
    }

    /// The way, if these are the bytes that it is about; it is open again afterwards.
    private func take(loss bytes: ArraySlice<UInt8>) -> Way? {
        let text = String(decoding: bytes, as: UTF8.self)
        return state.withLock { state in
            switch state.way {
            case .open, .cut, .silent: return nil
            case .losingTheAnswer(let word), .losingTheQuestion(let word):
                guard text.contains(word) else { return nil }
                defer { state.way = .open }
                return state.way
            }
        }
    }

    private static func listen(_ file: Int32) throws -> Int {
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard unsafe bind(file, pointer, length) == 0, Foundation.listen(file, 64) == 0 else { return false }
                return unsafe getsockname(file, pointer, &length) == 0
            }
        }
        guard result else { throw SocketError(call: "listen", code: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func connect(to port: Int) -> Int32 {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: port)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Foundation.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return file }
        Foundation.close(file)
        return -1
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
