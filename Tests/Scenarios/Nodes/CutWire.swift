import Foundation
import Synchronization
import TestSupport

/// A wire to a server that a test can cut in two ways, and mend.
final class CutWire: Sendable {
    enum Condition {
        case whole
        /// Who connects is refused, and who was connected is cut off.
        case refused
        /// Nothing gets through, and nobody is told.
        case silent
    }

    private struct State {
        var condition = Condition.whole
        var listener: Int32 = -1
        var sockets: Set<Int32> = []
        var isOver = false
    }

    let port: Int
    private let target: Int
    private let state = Mutex(State())

    init(to target: Int) throws {
        (port, self.target) = (try freePort(), target)
        try listen()
        Thread { [self] in accept() }.start()
    }

    /// Ends the wire's threads.
    func end() {
        state.withLock { state in
            state.isOver = true
            state.sockets.forEach { shutdown($0, Int32(SHUT_RDWR)) }
            close(state.listener)
        }
    }

    func set(_ condition: Condition) throws {
        state.withLock { state in
            if condition == .refused {
                close(state.listener)
                state.listener = -1
                state.sockets.forEach { shutdown($0, Int32(SHUT_RDWR)) }
            }
            state.condition = condition
        }
        if condition != .refused, state.withLock({ $0.listener < 0 }) { try listen() }
    }

    private func listen() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var on: Int32 = 1
        unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe Self.withLoopback(port, { unsafe bind(listener, $0, $1) }) == 0, Glibc.listen(listener, 64) == 0
        else {
            throw ControlError(description: "port \(port) cannot be listened on")
        }
        state.withLock { $0.listener = listener }
    }

    private func accept() {
        while true {
            let (isOver, listener, condition) = state.withLock { ($0.isOver, $0.listener, $0.condition) }
            if isOver { return }
            var watched = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard listener >= 0, unsafe poll(&watched, 1, 20) == 1 else {
                usleep(10_000)
                continue
            }
            let client = Glibc.accept(listener, nil, nil)
            if client >= 0 { join(client, condition) }
        }
    }

    private func join(_ client: Int32, _ condition: Condition) {
        guard condition == .whole else {
            // Nobody is there, and whoever came finds out by himself.
            state.withLock { _ = $0.sockets.insert(client) }
            return
        }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard unsafe Self.withLoopback(target, { unsafe connect(server, $0, $1) }) == 0 else {
            close(client)
            close(server)
            return
        }
        state.withLock { $0.sockets.formUnion([client, server]) }
        Thread { [self] in pump(from: client, to: server) }.start()
        Thread { [self] in pump(from: server, to: client) }.start()
    }

    private func pump(from source: Int32, to sink: Int32) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let (isOver, condition) = state.withLock { ($0.isOver, $0.condition) }
            if isOver { break }
            var watched = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
            guard condition != .silent, unsafe poll(&watched, 1, 20) == 1 else {
                usleep(2_000)
                continue
            }
            let count = unsafe read(source, &bytes, bytes.count)
            guard count > 0, Self.write(bytes.prefix(count), to: sink) else { break }
        }
        // The other direction ends by it, too.
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(sink, Int32(SHUT_RDWR))
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func withLoopback(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
