import HTTPTypes
import Logging
import Testing

@testable import Server

/// The log's one line of each request.
struct RequestLogTests {
    private func line(of target: String, headers: [String: String] = [:], body: String = "") async throws -> [String] {
        let (lines, logger) = Lines.recording()
        let server = try await HTTPUnderTest { $0.logger = logger }
        _ = try await server.post(target, headers, json: body)
        return lines.all
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

    @Test(arguments: [
        ("/api/users", "/api/users"), ("/a/ush_rt_x/b", "/a/[redacted]/b"), ("/eyJhbGci", "/[redacted]"),
        ("/us/h_/ey/J", "/us/h_/ey/J"), ("/crush_", "/[redacted]"), ("/ü/eyJ//", "/ü/[redacted]//"), ("", ""),
        ("/" + String(repeating: "a", count: 300), "/" + String(repeating: "a", count: 199)),
    ])
    func onlySegmentsThatMayHoldATokenAreHidden(path: String, logged: String) {
        #expect(RequestLog.safe(path) == logged)
    }

    @Test func aLevelAboveInfoLeavesRequestsOut() async throws {
        let (lines, logger) = Lines.recording(.warning)
        let server = try await HTTPUnderTest { $0.logger = logger }
        #expect(try await server.send("GET", "/healthz").status == 200)
        #expect(lines.all.isEmpty)
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

    @Test func whatTheEdgeRefusedHasItsLineToo() async throws {
        let (lines, logger) = Lines.recording()
        let server = try await HTTPUnderTest { $0.logger = logger }
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/a?token=ush_wh_secret")
        _ = await server.responder.answer(
            to: .refused(RefusedRequest(failure: .payloadTooLarge(.standard), head: head, peer: nil)))
        _ = await server.responder.answer(
            to: .refused(RefusedRequest(failure: .malformed("No."), head: nil, peer: nil)))
        #expect(lines.all.count == 2)
        let first = "info request caller=anonymous method=GET path=/a refused=PAYLOAD_TOO_LARGE requestId="
        #expect(lines.all.first?.hasPrefix(first) == true)
        #expect(
            lines.all.last?.hasPrefix("info request caller=anonymous method=- path= refused=MALFORMED_REQUEST") == true)
    }
}
