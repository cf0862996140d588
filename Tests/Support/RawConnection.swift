import Foundation

/// A call of the socket failed.
struct SocketError: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    var description: String { "\(call): \(unsafe String(cString: strerror(code)))" }
}

/// A connection to a server on this machine that sends and shows bytes as they are.
package final class RawConnection: Sendable {
    private let file: Int32

    /// `source` is the address on this side; each has its own ports.
    package init(port: Int, source: String = "127.0.0.1", receiveBuffer: Int32? = nil) throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw SocketError(call: "socket", code: errno) }
        if var size = receiveBuffer {
            unsafe setsockopt(file, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // Nothing here takes so long; a test that waits for what never comes shall fail and not hang.
        var limit = timeval(tv_sec: 180, tv_usec: 0)
        unsafe setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        unsafe try call("bind", bind, to: source, port: 0)
        unsafe try call("connect", connect, to: "127.0.0.1", port: port)
    }

    deinit { close(file) }

    private func call(
        _ name: String, _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, to host: String, port: Int
    ) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        unsafe address.sin_addr.s_addr = inet_addr(host)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe function(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketError(call: name, code: errno) }
    }

    /// Sends it all.
    ///
    /// - Returns: false when the server has hung up meanwhile.
    @discardableResult
    package func send(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Foundation.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool { send(text.utf8) }

    /// Says that nothing more will be sent.
    package func finish() { shutdown(file, Int32(SHUT_WR)) }

    /// Reads until the server hangs up.
    package func readToEnd() async throws -> [UInt8] { try await read { _ in false } }

    /// Reads until `isEnough`, or until the server hangs up.
    package func read(until isEnough: @escaping @Sendable ([UInt8]) -> Bool) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocking one of Swift's would keep a server in this process from answering.
            Thread.detachNewThread { [self] in continuation.resume(with: Result { try blockingRead(until: isEnough) }) }
        }
    }

    /// The same, on the thread that calls.
    @discardableResult
    package func blockingRead(until isEnough: ([UInt8]) -> Bool) throws -> [UInt8] {
        var received: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while !isEnough(received) {
            let count = unsafe recv(file, &part, part.count, 0)
            // A reset is an end too, of a server that had unread bytes.
            if count == 0 || (count < 0 && errno == ECONNRESET) { break }
            guard count > 0 else { throw SocketError(call: "recv", code: errno) }
            received += part.prefix(count)
        }
        return received
    }

    /// Sends one text and shows the whole of what comes back.
    package static func exchange(_ text: String, port: Int) async throws -> String {
        let connection = try RawConnection(port: port)
        connection.send(text)
        return String(decoding: try await connection.readToEnd(), as: UTF8.self)
    }
}
