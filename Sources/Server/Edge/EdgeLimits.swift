/// How much a client may send, and how long it may take. What goes over is refused, and its connection closed.
package struct EdgeLimits: Sendable {
    /// Bytes of a request's target.
    var target = 8 * 1024
    /// Bytes of all header fields of a request together, each with its name, colon and line end.
    var headers = 16 * 1024
    /// Header fields of a request.
    var headerCount = 128
    /// Bytes of a body.
    var body = 64 * 1024
    /// What of further requests is kept while one is handled, in parts: heads, ends, and pieces of bodies.
    var pipelinedParts = 512
    /// Connections at the same time.
    package var connections = 10_000

    /// From the first byte of a request to the end of its header.
    var headTime = Duration.seconds(10)
    /// From the end of the header to the end of the body.
    var bodyTime = Duration.seconds(10)
    /// For the client to take the answer.
    var answerTime = Duration.seconds(30)
    /// Without a request; proxies that keep connections should give them up earlier.
    package var idleTime = Duration.seconds(75)
    /// After the last answer, for the client to read it and hang up first. Closing at once would lose the answer where
    /// the client still sends: the system then resets the connection (RFC 9112 §9.6).
    var lingerTime = Duration.seconds(1)
    /// For an answer that is being sent when the server stops.
    var stopTime = Duration.seconds(2)

    package static let standard = EdgeLimits()
}
