import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes what a response writes.
final class Collector: ResponseBodyWriter {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func write(_ part: ByteBuffer) async throws {
        bytes.withLock { $0 += part.readableBytesView }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
