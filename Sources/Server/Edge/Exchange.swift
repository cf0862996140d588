import Engine
import HTTPTypes
import Synchronization

/// One request with what was found out about it, as routes get it.
struct Exchange: Sendable {
    let id: String
    let method: HTTPRequest.Method
    /// As sent, without the query.
    let path: String
    /// As sent, without the question mark.
    let query: String
    let headers: HTTPFields
    /// The address at the other end of the connection: the proxy's, where there is one.
    let peer: String?
    let client: Client
    /// At most ``EdgeLimits/body``.
    let body: [UInt8]
    /// Whether the route takes forms besides JSON.
    let takesForms: Bool
    /// The parts of the path that the route leaves open.
    let parameters: [String]
    let notes: RequestNotes

    /// A call of a command on behalf of `caller`, for the engine.
    func request(_ channel: Channel = .http, by caller: Caller = .anonymous) -> CommandRequest {
        notes.note(caller)
        return CommandRequest(id: id, channel: channel, caller: caller, client: client)
    }

    /// Whether a browser says that it sends this.
    ///
    /// Not `Sec-Fetch-Mode`, which programs send too.
    var isFromBrowser: Bool { headers[.secFetchSite] != nil }
}

/// What the log line of a request tells besides the request itself, known only while it is handled.
final class RequestNotes: Sendable {
    struct Content {
        var caller: Caller?
        var action: Action?
    }

    private let notes = Mutex(Content())

    var content: Content { notes.withLock { $0 } }

    func note(_ caller: Caller) { notes.withLock { $0.caller = caller } }

    func note(_ action: Action) { notes.withLock { $0.action = action } }
}
