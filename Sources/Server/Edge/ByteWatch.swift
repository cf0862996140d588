import NIOCore

/// Bytes came in, before anybody knows what they mean.
struct BytesArrived {
    let count: Int
    /// Where the first line feed among them is; nil when there is none.
    let firstLineFeed: Int?
}

/// Says on the pipeline that bytes arrived: the parser is silent until a whole head is there, and how long that takes is
/// what a slow client plays with.
final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let view = unwrapInboundIn(data).readableBytesView
        let lineFeed = view.firstIndex(of: UInt8(ascii: "\n")).map { $0 - view.startIndex }
        context.fireUserInboundEventTriggered(BytesArrived(count: view.count, firstLineFeed: lineFeed))
        context.fireChannelRead(data)
    }
}
