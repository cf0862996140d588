import Engine
import NIOHTTP1

extension CommandFailure.Code {
    static let malformedRequest = Self(rawValue: "MALFORMED_REQUEST")
    static let requestTimeout = Self(rawValue: "REQUEST_TIMEOUT")
    static let uriTooLong = Self(rawValue: "URI_TOO_LONG")
    static let misdirectedRequest = Self(rawValue: "MISDIRECTED_REQUEST")
    static let headersTooLarge = Self(rawValue: "HEADERS_TOO_LARGE")
    static let payloadTooLarge = Self(rawValue: "PAYLOAD_TOO_LARGE")
    static let unsupportedMediaType = Self(rawValue: "UNSUPPORTED_MEDIA_TYPE")
    static let methodNotAllowed = Self(rawValue: "METHOD_NOT_ALLOWED")
}

extension CommandFailure {
    static func malformed(_ detail: String) -> Self { Self(.malformedRequest, detail) }

    static func payloadTooLarge(_ limits: EdgeLimits) -> Self {
        Self(.payloadTooLarge, "The body is too large. Send at most \(limits.body / 1024) KiB.")
    }

    static func uriTooLong(_ limits: EdgeLimits) -> Self {
        Self(
            .uriTooLong,
            "The request target is too long. Send at most \(limits.target / 1024) KiB, the rest in the body.")
    }

    static func headersTooLarge(_ limits: EdgeLimits) -> Self {
        Self(
            .headersTooLarge,
            "The headers are too large. Send at most \(limits.headerCount), and \(limits.headers / 1024) KiB in sum.")
    }

    static func requestTimeout(_ part: String, _ limit: Duration) -> Self {
        Self(.requestTimeout, "The \(part) did not arrive within \(limit.components.seconds) seconds.")
    }

    static let tooManyConnections = unavailable("Too many connections are open here. Try again.")
    static let stopping = unavailable("The server is about to stop. Nothing was changed; try again.")

    /// What the parser did not understand. `lineLength` is how much of the request line had arrived.
    init(_ error: HTTPParserError, lineLength: Int, limits: EdgeLimits) {
        self =
            switch error {
            case .headerOverflow: lineLength > limits.target ? .uriTooLong(limits) : .headersTooLarge(limits)
            case .invalidEOFState, .closedConnection: .malformed("The request ended before it was complete.")
            case .invalidMethod: .malformed("The request begins with a method that this server does not know.")
            case .invalidVersion: .malformed("This server speaks HTTP/1.1 (and HTTP/1.0).")
            case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
                .malformed("The request target has a character that must be percent-encoded.")
            case .invalidHeaderToken: .malformed("A header is not understood. Send `Name: value`, each on one line.")
            case .invalidContentLength, .unexpectedContentLength:
                .malformed("`Content-Length` is one whole number, sent once, and not beside `Transfer-Encoding`.")
            case .invalidChunkSize: .malformed("The size of a chunk is not understood.")
            default: .malformed("The request is not HTTP/1.1.")
            }
    }
}
