import Engine
import HTTPTypes
import Hummingbird
import NIOCore

/// How much of a body is read.
enum BodyLimit {
    static let bytes = 64 * 1024
}

extension Request {
    /// The whole body.
    ///
    /// - Throws: ``CommandFailure`` `PAYLOAD_TOO_LARGE`, when the announced length says so before anything is read.
    func collectedBody() async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > BodyLimit.bytes {
            throw CommandFailure.payloadTooLarge
        }
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                guard bytes.count + part.readableBytes <= BodyLimit.bytes else { throw CommandFailure.payloadTooLarge }
                bytes += part.readableBytesView
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            // The client hung up, or broke the rules of chunks: no fault of ours, and nobody reads the answer.
            throw CommandFailure(.malformedRequest, "The body ended before it was complete.", cause: error)
        }
        return bytes
    }
}
