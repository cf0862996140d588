import HTTPTypes

/// A whole answer, on its way to the socket: what RFC 9112 §4 and §5 call a status line and field lines, and the body.
struct OutgoingAnswer: Sendable {
    /// The status line and the field lines, without the empty line that ends them.
    private(set) var head: [UInt8]
    let body: [UInt8]
    /// Whether it is the last one of its connection.
    let closes: Bool

    /// `isHeadOnly` when the request was HEAD: the head is that of the whole answer, the body stays here (RFC 9110 §9.3.2).
    /// `fixed` are field lines that are ready to be sent.
    init(_ response: Response, isHeadOnly: Bool = false, closes: Bool, fixed: [UInt8] = []) {
        body = isHeadOnly ? [] : response.body
        self.closes = closes
        head = []
        head.reserveCapacity(fixed.count + 1024)
        head += "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n".utf8
        for field in response.headers { append(field.name.rawName, field.value) }
        // RFC 9110 §8.6: an answer without content has no length.
        if response.status != .noContent { append("Content-Length", String(response.body.count)) }
        head += fixed
    }

    /// A field's value cannot hold a line's end: `HTTPField` lets none in.
    private mutating func append(_ name: String, _ value: String) {
        head += name.utf8
        head += ": ".utf8
        head += value.utf8
        head += "\r\n".utf8
    }
}
