import Engine
import HTTPTypes
import Logging

/// Writes the one line that the log has of each request; never its query, in which tokens can stand.
struct RequestLog: Sendable {
    let logger: Logger

    func write(_ exchange: Exchange, status: HTTPResponse.Status, took duration: Duration) {
        let notes = exchange.notes.content
        var metadata: Logger.Metadata = [
            "method": "\(exchange.method.rawValue)", "path": "\(Self.safe(exchange.path))",
            "status": "\(status.code)", "ms": "\(Self.milliseconds(duration))",
            "caller": "\((notes.caller ?? .anonymous).kind)", "requestId": "\(exchange.id)",
        ]
        if case .webhook(let id, _, _) = notes.caller { metadata["webhookId"] = "\(id)" }
        if let user = notes.caller?.userID { metadata["userId"] = "\(user)" }
        if let action = notes.action { metadata["action"] = "\(action.rawValue.prefix(100))" }
        logger.info("request", metadata: metadata)
    }

    /// A path for the log: somebody may have put a token into it by mistake.
    static func safe(_ path: String) -> String {
        path.prefix(200).split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.contains("ush_") || $0.contains("eyJ") ? "[redacted]" : String($0) }
            .joined(separator: "/")
    }

    /// With one digit after the point.
    private static func milliseconds(_ duration: Duration) -> String {
        let tenths = duration / .microseconds(100)
        let rounded = Int64(tenths.rounded())
        return "\(rounded / 10).\(rounded % 10)"
    }
}
