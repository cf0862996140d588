import Engine
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Keeps the rules of one connection: lets whole, well-formed requests through one at a time, each within its limits and
/// deadlines, refuses the others, and closes the connection when it must.
///
/// It stands between the parser and ``EdgeChannel``. See ``ConnectionPhase`` for what happens in which order.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = Arrival
    typealias OutboundIn = OutgoingAnswer
    typealias OutboundOut = ByteBuffer

    private let limits: EdgeLimits
    private let rules: HeadRules
    /// What every request of this connection is refused with.
    private let refusal: CommandFailure?
    private var phase = ConnectionPhase.idle
    private var deadline = MovableDeadline()
    private var waiting = PipelinedParts()
    private var isReadWanted = false

    init(limits: EdgeLimits, refusing refusal: CommandFailure? = nil) {
        self.limits = limits
        rules = HeadRules(limits: limits)
        self.refusal = refusal
    }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        enter(.idle, context)
        if let refusal { refuse(refusal, nil, context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        enter(.closed, context)
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline.cancel()
    }

    /// Passes on the wish to read only while something is to be read: a client is held up by its own socket.
    func read(context: ChannelHandlerContext) {
        isReadWanted = !phase.wantsBytes
        if phase.wantsBytes { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let bytes as BytesArrived: arrived(bytes, context)
        case ChannelEvent.inputClosed: clientHasSentAll(context)
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func clientHasSentAll(_ context: ChannelHandlerContext) {
        switch phase {
        // An incomplete request was refused by the parser's error before this.
        case .idle, .readingHead, .readingBody, .lingering: close(context)
        case .handling, .answering: waiting.append(.hangUp, limit: limits.pipelinedParts)
        case .closed: break
        }
    }

    private func stop(_ context: ChannelHandlerContext) {
        switch phase {
        case .idle: close(context)
        case .readingHead: refuse(.stopping, nil, context)
        case .readingBody(let head, _): refuse(.stopping, head.request, context)
        case .handling: phase = phase.closing
        case .answering:
            phase = phase.closing
            setDeadline(limits.stopTime, context)
        case .lingering, .closed: break
        }
    }

    // MARK: - Requests

    private func arrived(_ bytes: BytesArrived, _ context: ChannelHandlerContext) {
        switch phase {
        case .idle:
            var line = RequestLine()
            line.append(bytes)
            enter(.readingHead(line), context)
        case .readingHead(var line):
            line.append(bytes)
            // Not entered anew: the deadline counts from the first byte.
            phase = .readingHead(line)
        case .readingBody, .handling, .answering, .lingering, .closed: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .idle, .readingHead, .readingBody: take(part, context)
        case .handling, .answering: waiting.append(.part(part), limit: limits.pipelinedParts)
        case .lingering, .closed: break
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (part, phase) {
        case (.head(let head), .idle), (.head(let head), .readingHead):
            take(head, context)
        case (.body(let bytes), .readingBody(let head, var body)):
            // The only reference, so that appending does not copy.
            phase = .closed
            do throws(CommandFailure) {
                try body.append(bytes)
                phase = .readingBody(head, body)
            } catch {
                refuse(error, head.request, context)
            }
        case (.end, .readingBody(let head, let body)):
            enter(.handling(closes: head.closes), context)
            deliver(.request(IncomingRequest(head: head.request, body: body.bytes, peer: context.peer)), context)
        default:
            // The parser never says this; if it did, nobody would know where a request begins.
            close(context)
        }
    }

    private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        do throws(CommandFailure) {
            let checked = try rules.check(head)
            enter(.readingBody(checked, BodyCollector(limits: limits)), context)
            guard checked.expectsContinue else { return }
            let proceed = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(proceed), promise: nil)
        } catch {
            refuse(error, HeadRules.outline(of: head), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error, phase) {
        case (let error as HTTPParserError, .readingHead(let line)):
            refuse(CommandFailure(error, lineLength: line.length, limits: limits), nil, context)
        case (let error as HTTPParserError, .readingBody(let head, _)):
            refuse(CommandFailure(error, lineLength: 0, limits: limits), head.request, context)
        case (let error as HTTPParserError, .idle):
            refuse(CommandFailure(error, lineLength: 0, limits: limits), nil, context)
        case (let error as HTTPParserError, .handling), (let error as HTTPParserError, .answering):
            waiting.append(.failure(error), limit: limits.pipelinedParts)
        // Bytes after those that were not understood.
        case (is HTTPParserError, _), (is ByteToMessageDecoderError, _): break
        // The socket is broken.
        default: close(context)
        }
    }

    private func refuse(_ failure: CommandFailure, _ head: HTTPRequest?, _ context: ChannelHandlerContext) {
        enter(.handling(closes: true), context)
        waiting.removeAll()
        deliver(.refused(RefusedRequest(failure: failure, head: head, peer: context.peer)), context)
    }

    private func deliver(_ arrival: Arrival, _ context: ChannelHandlerContext) {
        context.fireChannelRead(wrapInboundOut(arrival))
        context.fireChannelReadComplete()
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .handling(let isLast) = phase else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let answer = unwrapOutboundIn(data)
        let closes = isLast || answer.closes
        enter(.answering(closes: closes), context)
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenSuccess { bound.value.0.answered(bound.value.1) }
        context.writeAndFlush(wrapOutboundOut(Self.bytes(of: answer, closes: closes, context)), promise: written)
    }

    private static func bytes(of answer: OutgoingAnswer, closes: Bool, _ context: ChannelHandlerContext) -> ByteBuffer {
        let end = closes ? "Connection: close\r\n\r\n" : "\r\n"
        var bytes = context.channel.allocator.buffer(capacity: answer.head.count + end.utf8.count + answer.body.count)
        bytes.writeBytes(answer.head)
        bytes.writeString(end)
        bytes.writeBytes(answer.body)
        return bytes
    }

    /// The whole answer is with the system.
    private func answered(_ context: ChannelHandlerContext) {
        guard case .answering(let closes) = phase else { return }
        guard !closes else {
            // A client that has hung up already is waited for no longer.
            if waiting.containsHangUp { return close(context) }
            waiting.removeAll()
            enter(.lingering, context)
            context.close(mode: .output, promise: nil)
            return
        }
        enter(.idle, context)
        takeWaiting(context)
        if phase.wantsBytes, isReadWanted {
            isReadWanted = false
            context.read()
        }
    }

    private func takeWaiting(_ context: ChannelHandlerContext) {
        while phase.wantsBytes, let event = waiting.removeFirst() {
            switch event {
            case .part(let part): take(part, context)
            case .failure(let error): errorCaught(context: context, error: error)
            case .tooMany: refuse(.malformed("Too many requests were sent before the first answer."), nil, context)
            case .hangUp: clientHasSentAll(context)
            }
        }
    }

    // MARK: - Phases

    private func enter(_ next: ConnectionPhase, _ context: ChannelHandlerContext) {
        phase = next
        setDeadline(next.limit(limits), context)
    }

    private func setDeadline(_ limit: Duration?, _ context: ChannelHandlerContext) {
        deadline.move(to: limit, on: context.eventLoop, check: deadlineCheck(context))
    }

    private func deadlineCheck(_ context: ChannelHandlerContext) -> @Sendable () -> Void {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return { bound.value.0.checkDeadline(bound.value.1) }
    }

    private func checkDeadline(_ context: ChannelHandlerContext) {
        guard deadline.hasPassed(on: context.eventLoop, check: deadlineCheck(context)) else { return }
        switch phase {
        case .readingHead: refuse(.requestTimeout("header", limits.headTime), nil, context)
        case .readingBody(let head, _): refuse(.requestTimeout("body", limits.bodyTime), head.request, context)
        case .idle, .answering, .lingering: close(context)
        case .handling, .closed: break
        }
    }

    private func close(_ context: ChannelHandlerContext) {
        enter(.closed, context)
        context.close(promise: nil)
    }
}

extension ChannelHandlerContext {
    fileprivate var peer: String? { channel.remoteAddress?.ipAddress }
}
