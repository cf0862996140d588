import HTTPTypes
import Hummingbird
import NIOCore

extension OutgoingAnswer {
    /// The answer as a whole. Routes make whole bodies; one in parts, which Hummingbird knows too, is collected.
    init(_ response: Response) async throws {
        let body = CollectedBody()
        try await response.body.write(body)
        self.init(head: response.head, body: body.bytes, closes: response.headers[.connection] == "close")
    }
}

/// Keeps what a response writes. A class, because a writer is handed on by value.
private final class CollectedBody: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ part: ByteBuffer) async throws {
        var part = part
        if bytes.readableBytes == 0 { bytes = part } else { bytes.writeBuffer(&part) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
