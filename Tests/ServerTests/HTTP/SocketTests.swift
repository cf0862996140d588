import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Server

/// The server as a whole, over a real socket.
struct SocketTests {
    /// Runs the server on a free port while `body` talks to it.
    private func serve(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let server = try await HTTPUnderTest()
        let (ports, running) = AsyncStream<Int>.makeStream()
        let service = try HTTPServer.makeService(
            server.context, host: "127.0.0.1", port: 0, onRunning: { running.yield($0) })
        let group = ServiceGroup(services: [service], logger: server.context.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                try await body(port)
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func aRequestIsAnswered() async throws {
        try await serve { port in
            let text = "GET /healthz HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(text, port: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("X-Request-Id: "))
            #expect(answer.hasSuffix(#"{"status":"ok"}"#))
        }
    }

    @Test func headersAreReadAsSent() async throws {
        try await serve { port in
            let text =
                "POST /api/webhook?token=\(HTTPUnderTest.webhookToken) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Shop/1\r\n"
                + "Content-Length: 27\r\nConnection: close\r\n\r\n{\"action\":\"prune-sessions\"}"
            let answer = try await RawConnection.exchange(text, port: port)
            #expect(answer.contains(#""userAgent":"Shop/1""#))
            #expect(answer.contains(#""address":"127.0.0.1""#))
        }
    }
}

/// A connection that sends bytes and reads to the end.
enum RawConnection {
    struct CannotConnect: Error {}

    static func exchange(_ text: String, port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocking one of Swift's would keep the server from answering.
            Thread.detachNewThread { continuation.resume(with: Result { try run(text, port: port) }) }
        }
    }

    private static func run(_ text: String, port: Int) throws -> String {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0, send(file, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count else {
            throw CannotConnect()
        }
        var received: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(file, &part, part.count, 0), count > 0 { received += part.prefix(count) }
        return String(decoding: received, as: UTF8.self)
    }
}
