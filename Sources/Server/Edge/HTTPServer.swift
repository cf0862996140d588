import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The HTTP side as a whole, run by the composition root.
package struct HTTPServer: Service {
    private let server: any Service
    private let refusals: RefusalLog

    /// `onRunning` is told the bound port.
    ///
    /// - Throws: When a page cannot be built; nothing that a request could cause.
    package init(
        _ context: HTTPContext, host: String, port: Int, limits: EdgeLimits = .standard,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws {
        var logger = context.logger
        // Hummingbird's own lines are about connections; what matters of a request is said by RequestLog.
        logger.logLevel = max(logger.logLevel, .notice)
        let responder = EdgeResponder(context, routes: try .all(context))
        refusals = responder.refusals
        server = EdgeChannel(responder: responder, limits: limits).server(
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }

    package func run() async throws {
        defer { refusals.summarize() }
        try await server.run()
    }
}
