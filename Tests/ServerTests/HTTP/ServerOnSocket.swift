import Logging
import ServiceLifecycle
import TestSupport

@testable import Server

/// Runs the server on a free port while `body` talks to it, and stops it politely.
func withServerOnSocket(
    limits: EdgeLimits = .standard, _ change: (inout HTTPUnderTest.Options) -> Void = { _ in },
    _ body: @escaping @Sendable (_ port: Int) async throws -> Void
) async throws {
    let server = try await HTTPUnderTest(change)
    let (ports, running) = AsyncStream<Int>.makeStream()
    let service = try HTTPServer(
        server.context, host: "127.0.0.1", port: 0, limits: limits, onRunning: { running.yield($0) })
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
