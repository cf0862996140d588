import Engine
import NIOCore

/// The body of one request while it arrives.
struct BodyCollector {
    private(set) var bytes: [UInt8] = []
    let limits: EdgeLimits

    init(limits: EdgeLimits) {
        self.limits = limits
    }

    /// - Throws: ``CommandFailure`` `PAYLOAD_TOO_LARGE`, once it is.
    mutating func append(_ part: ByteBuffer) throws(CommandFailure) {
        guard bytes.count + part.readableBytes <= limits.body else { throw .payloadTooLarge(limits) }
        bytes += part.readableBytesView
    }
}
