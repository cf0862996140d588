import HummingbirdCore
import NIOCore

/// Hands what comes in on a connection to the one task that answers it, and its answers back.
///
/// The last handler of the pipeline. The task runs on the connection's event loop too, so that nothing here is locked;
/// `NIOAsyncChannel`, which serves tasks anywhere, cost a tenth of a refresh.
final class Conversation: ChannelInboundHandler {
    typealias InboundIn = Arrival
    typealias OutboundOut = OutgoingAnswer

    private enum State {
        /// The task is at work, or has not begun.
        case busy
        /// The task waits.
        case waiting(UnsafeContinuation<Arrival?, Never>)
        /// The task has not come for it yet. There is never a second one: the guard waits for the answer.
        case arrived(Arrival)
        case over
    }

    private var state = State.busy
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let arrival = unwrapInboundIn(data)
        switch state {
        case .waiting(let task):
            state = .busy
            unsafe task.resume(returning: arrival)
        case .busy, .arrived: state = .arrived(arrival)
        case .over: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let before = state
        state = .over
        if case .waiting(let task) = before { unsafe task.resume(returning: nil) }
        context.fireChannelInactive()
    }

    /// Whoever waits for an arrival is told by the end of the channel.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}

    fileprivate func wait(_ task: UnsafeContinuation<Arrival?, Never>) {
        switch state {
        case .arrived(let arrival):
            state = .busy
            unsafe task.resume(returning: arrival)
        case .busy, .waiting: state = unsafe .waiting(task)
        case .over: unsafe task.resume(returning: nil)
        }
    }

    fileprivate func send(_ answer: OutgoingAnswer) {
        context?.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }
}

/// A connection as its task has it; used on the connection's event loop alone.
struct Connection: ServerChildChannelValue {
    let channel: any Channel
    private let conversation: NIOLoopBound<Conversation>

    init(_ channel: any Channel, _ conversation: Conversation) {
        self.channel = channel
        self.conversation = NIOLoopBound(conversation, eventLoop: channel.eventLoop)
    }

    /// What comes in next; nil once the connection is closed.
    func next() async -> Arrival? {
        await withUnsafeContinuation { unsafe conversation.value.wait($0) }
    }

    func send(_ answer: OutgoingAnswer) { conversation.value.send(answer) }
}
