import Engine
import HTTPTypes

/// What came in on a connection, and needs an answer.
enum Arrival: Sendable {
    case request(IncomingRequest)
    case refused(RefusedRequest)
}

/// A request with its whole body.
struct IncomingRequest: Sendable {
    /// With its authority from the target or from `Host`, and a path.
    let head: HTTPRequest
    let body: [UInt8]
    /// The address at the other end of the socket, as text.
    let peer: String?

    /// As sent, without the query.
    let path: String
    /// As sent, without the question mark.
    let query: String

    init(head: HTTPRequest, body: [UInt8], peer: String?) {
        self.head = head
        self.body = body
        self.peer = peer
        let target = head.path ?? ""
        let end = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = end.map { String(target[..<$0]) } ?? target
        query = end.map { String(target[$0...].dropFirst()) } ?? ""
    }
}

/// A request that broke the rules of HTTP or a limit before it was complete.
struct RefusedRequest: Sendable {
    let failure: CommandFailure
    /// As much of it as was understood; nil when not even the request line was.
    let head: HTTPRequest?
    let peer: String?
}
