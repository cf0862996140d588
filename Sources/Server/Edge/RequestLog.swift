import Engine
import HTTPTypes
import Logging

/// Writes the one line that the log has of each request; never its query, in which tokens can stand.
struct RequestLog: Sendable {
    let logger: Logger

    /// Costs nothing where the level leaves requests out: the logger asks for the metadata only when it writes.
    func write(_ exchange: Exchange, status: HTTPResponse.Status, took duration: Duration) {
        logger.info("request", metadata: Self.metadata(exchange, status, duration))
    }

    private static func metadata(
        _ exchange: Exchange, _ status: HTTPResponse.Status, _ duration: Duration
    ) -> Logger.Metadata {
        let notes = exchange.notes.content
        var metadata = Self.metadata(
            exchange.id, exchange.method, exchange.path, status, caller: notes.caller ?? .anonymous)
        metadata["ms"] = "\(Self.milliseconds(duration))"
        if case .webhook(let id, _, _) = notes.caller { metadata["webhookId"] = "\(id)" }
        if let user = notes.caller?.userID { metadata["userId"] = "\(user)" }
        if let action = notes.action { metadata["action"] = "\(action.rawValue.prefix(100))" }
        return metadata
    }

    /// The line of one that was refused before it was complete; of its head maybe nothing was understood.
    func write(_ refused: RefusedRequest, id: String, status: HTTPResponse.Status) {
        let path = (refused.head?.path ?? "").prefix { $0 != "?" }
        var metadata = Self.metadata(id, refused.head?.method, String(path), status, caller: .anonymous)
        metadata["refused"] = "\(refused.failure.code.rawValue)"
        logger.info("request", metadata: metadata)
    }

    private static func metadata(
        _ id: String, _ method: HTTPRequest.Method?, _ path: String, _ status: HTTPResponse.Status, caller: Caller
    ) -> Logger.Metadata {
        [
            "method": "\((method?.rawValue ?? "-").prefix(20))", "path": "\(safe(path))", "status": "\(status.code)",
            "caller": "\(caller.kind)", "requestId": "\(id)",
        ]
    }

    /// A path for the log: somebody may have put a token into it by mistake.
    static func safe(_ path: String) -> String {
        let path = path.prefix(200)
        guard hasSignOfToken(path.utf8) else { return String(path) }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .map { hasSignOfToken($0.utf8) ? "[redacted]" : String($0) }
            .joined(separator: "/")
    }

    /// Whether `ush_` or `eyJ`, with which a JWT begins, is in it: by bytes, for every request comes by here.
    private static func hasSignOfToken(_ text: Substring.UTF8View) -> Bool {
        var last: UInt32 = 0
        for byte in text {
            last = last << 8 | UInt32(byte)
            if last == 0x7573_685f || last & 0xff_ffff == 0x65_794a { return true }
        }
        return false
    }

    /// With one digit after the point.
    private static func milliseconds(_ duration: Duration) -> String {
        let tenths = duration / .microseconds(100)
        let rounded = Int64(tenths.rounded())
        return "\(rounded / 10).\(rounded % 10)"
    }
}
