import Engine

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
    static let payloadTooLarge = Self(
        .payloadTooLarge, "The body is too large. Send at most \(BodyLimit.bytes / 1024) KiB.")
}
