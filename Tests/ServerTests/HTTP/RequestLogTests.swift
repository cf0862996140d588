import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import Server

/// The log's one line of each request.
struct RequestLogTests {
    /// Keeps what is logged.
    private final class Lines: Sendable {
        let texts = Mutex<[String]>([])
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.texts.withLock { $0.append("\(event.level) \(event.message) " + pairs.joined(separator: " ")) }
        }
    }

    private func line(of target: String, headers: [String: String] = [:], body: String = "") async throws -> [String] {
        let lines = Lines()
        let server = try await HTTPUnderTest { $0.logger = Logger(label: "test") { _ in Handler(lines: lines) } }
        _ = try await server.post(target, headers, json: body)
        return lines.texts.withLock { $0 }
    }

    @Test func itSaysWhoDidWhatAndNeverTheQuery() async throws {
        let lines = try await line(
            of: "/api/webhook?token=\(HTTPUnderTest.webhookToken)", body: #"{"action":"prune-sessions"}"#)
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.hasPrefix("info request action=prune-sessions caller=webhook method=POST ms="))
        #expect(line.contains(" path=/api/webhook requestId="))
        #expect(line.hasSuffix(" status=200 userId=7 webhookId=3"))
        #expect(!line.contains("ush_wh_"))
    }

    @Test func aTokenInThePathIsHidden() async throws {
        let lines = try await line(of: "/api/webhook/\(HTTPUnderTest.webhookToken)")
        #expect(lines.first?.contains("path=/api/webhook/[redacted]") == true)
    }

    @Test func aForeignOriginIsNamedForTheOperator() async throws {
        let lines = try await line(
            of: "/api/auth/refresh-token", headers: ["Origin": "https://evil.example.com", "Cookie": "refreshToken=x"])
        #expect(lines.first?.hasPrefix("warning The origin https://evil.example.com is not allowed.") == true)
    }
}
