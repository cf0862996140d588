import Engine
import HTTPTypes
import NIOHTTP1

/// The head of a request that may be served.
struct CheckedHead {
    let request: HTTPRequest
    /// Whether the connection ends with the answer.
    let closes: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    let expectsContinue: Bool
}

/// What the head of a request must be like, beyond what the parser sees to.
///
/// It is strict where two servers in a row could understand a request differently (RFC 9112 §11.2).
struct HeadRules: Sendable {
    let limits: EdgeLimits

    /// - Throws: ``CommandFailure`` with the sentence for the client.
    func check(_ head: HTTPRequestHead) throws(CommandFailure) -> CheckedHead {
        try checkSizes(head)
        let fields = try Self.fields(head.headers)
        try checkFraming(head)
        let host = try HostField.read(head)
        let target = try RequestTarget(head.uri, method: head.method)
        guard let method = HTTPRequest.Method(head.method.rawValue) else { throw .malformed("The method is no word.") }
        let isUpgrade = head.headers.contains(name: "upgrade")
        return CheckedHead(
            request: HTTPRequest(
                method: method, scheme: "http", authority: target.authority ?? host, path: target.path,
                headerFields: fields),
            // Usher speaks nothing else; the parser, which thinks that an upgrade follows, reads no further request.
            closes: !head.isKeepAlive || head.version != .http1_1 || isUpgrade || head.method == .CONNECT,
            expectsContinue: head.version == .http1_1
                && head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" })
    }

    private func checkSizes(_ head: HTTPRequestHead) throws(CommandFailure) {
        guard head.uri.utf8.count <= limits.target else { throw .uriTooLong(limits) }
        // ": " and the line's end.
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard size <= limits.headers, head.headers.count <= limits.headerCount else { throw .headersTooLarge(limits) }
    }

    /// RFC 9112 §6: where the body ends is said once, and in one way.
    private func checkFraming(_ head: HTTPRequestHead) throws(CommandFailure) {
        let lengths = head.headers["content-length"]
        let encodings = head.headers["transfer-encoding"]
        if let encoding = encodings.first {
            guard lengths.isEmpty else { throw .malformed("Send `Content-Length` or `Transfer-Encoding`, not both.") }
            guard encodings.count == 1, encoding.lowercased() == "chunked", head.version == .http1_1 else {
                throw .malformed("The only `Transfer-Encoding` is `chunked`, and only in HTTP/1.1.")
            }
        }
        guard let length = lengths.first else { return }
        guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            throw .malformed("`Content-Length` is one whole number, sent once.")
        }
        // What does not fit an Int is too large as well.
        guard let bytes = Int(length), bytes <= limits.body else { throw .payloadTooLarge(limits) }
    }

    /// All but `Host`.
    ///
    /// RFC 9110 §5.5: no control characters. What the parser leaves of a folded line has them too.
    private static func fields(_ headers: HTTPHeaders) throws(CommandFailure) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(headers.count)
        for (name, value) in headers {
            guard let known = HTTPField.Name(name) else {
                throw .malformed("A header's name has a character that it may not.")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .malformed("The header `\(name.prefix(100))` has a control character or goes over several lines.")
            }
            if known != .host { fields.append(HTTPField(name: known, value: value)) }
        }
        return fields
    }

    /// As much of a refused head as the log may have, without any header field.
    static func outline(of head: HTTPRequestHead) -> HTTPRequest? {
        HTTPRequest.Method(head.method.rawValue).map {
            HTTPRequest(method: $0, scheme: nil, authority: nil, path: String(head.uri.prefix(200)))
        }
    }
}

extension HTTPField.Name {
    fileprivate static let host = known("Host")
}
