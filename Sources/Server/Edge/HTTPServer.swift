import Hummingbird
import Logging
import NIOCore
package import ServiceLifecycle

/// The HTTP side as a whole.
package enum HTTPServer {
    /// The server as a service, to be run by the composition root; `onRunning` is told the bound port.
    ///
    /// - Throws: When a page or the OpenAPI document cannot be built; nothing that a request could cause.
    package static func makeService(
        _ context: HTTPContext, host: String, port: Int,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws -> some Service {
        var logger = context.logger
        // Hummingbird's own lines are about connections; what matters of a request is said by RequestLog.
        logger.logLevel = max(logger.logLevel, .notice)
        return Application(
            responder: EdgeResponder(context, routes: try .all(context)),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger)
    }
}
