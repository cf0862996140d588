import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// How the server makes a connection of a socket, and answers what comes in on it.
///
/// Hummingbird's own (`HTTP1Channel`) hands out parts of requests and knows neither the version of HTTP nor what the
/// parser refused; here a ``RequestGuard`` hands out whole requests.
struct EdgeChannel: ServerChildChannel {
    typealias Value = Connection

    let responder: EdgeResponder
    let limits: EdgeLimits
    let connections: ConnectionCount

    init(responder: EdgeResponder, limits: EdgeLimits) {
        self.responder = responder
        self.limits = limits
        connections = ConnectionCount(limit: limits.connections)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let isWelcome = connections.opened()
        channel.closeFuture.whenComplete { [connections] _ in connections.closed() }
        return channel.eventLoop.makeCompletedFuture {
            // One read at a time, so that nothing is read after the guard has had enough.
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ByteWatch())
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoderLimits)))
            try pipeline.addHandler(RequestGuard(limits: limits, refusing: isWelcome ? nil : .tooManyConnections))
            let conversation = Conversation()
            try pipeline.addHandler(conversation)
            return Connection(channel, conversation)
        }
    }

    /// Above our own, so that the guard can tell which of them was broken.
    private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var configuration = NIOHTTPDecoderLimitConfiguration()
        configuration.maxHeaderFieldSize = limits.target + limits.headers
        configuration.maxHeaderListSize = limits.target + limits.headers
        configuration.maxHeaderFieldCount = limits.headerCount + 1
        return configuration
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await withTaskCancellationHandler {
                while let arrival = await value.next() { value.send(await responder.answer(to: arrival)) }
            } onCancel: {
                value.channel.close(promise: nil)
            }
        }
    }
}
