import TestSupport
import Testing

@testable import Server

/// Requests as they are counted.
struct HTTPMetricsTests {
    private func metrics(of server: HTTPUnderTest) async throws -> ParsedMetrics {
        try ParsedMetrics(parsing: try await server.send("GET", "/metrics").text)
    }

    @Test func requestsAreCountedByPatternMethodAndClassOfStatus() async throws {
        let server = try await HTTPUnderTest()
        for _ in 0..<3 { _ = try await server.send("GET", "/healthz") }
        _ = try await server.send("HEAD", "/healthz")
        _ = try await server.send("PUT", "/healthz")
        _ = try await server.send("DELETE", "/api/auth/sessions/71")
        let metrics = try await metrics(of: server)
        let requests = "usher_http_requests_total"
        #expect(metrics.value(requests, ["route": "/healthz", "method": "GET", "status": "2xx"]) == 4)
        #expect(metrics.value(requests, ["route": "/healthz", "method": "other", "status": "4xx"]) == 1)
        let session = ["route": "/api/auth/sessions/{sessionId}", "method": "DELETE"]
        #expect(metrics.value(requests, session.merging(["status": "4xx"]) { $1 }) == 1)
        #expect(metrics.value(requests, session.merging(["status": "5xx"]) { $1 }) == 0, "a series from the start")
        #expect(metrics.value("usher_http_request_duration_seconds_count", ["route": "/healthz"]) == 5)
        #expect(metrics.value("usher_http_responses_total", ["code": "405"]) == 1)
        #expect(metrics.value("usher_http_responses_total", ["code": "200"]) == 4)
    }

    /// Whoever asks for a thousand paths must not make a thousand series.
    @Test func whatARequestSaysNeverBecomesALabel() async throws {
        let server = try await HTTPUnderTest()
        let before = try await metrics(of: server).families.flatMap(\.samples).filter { $0.value >= 0 }.count
        for number in 0..<50 {
            _ = try await server.send("GET", "/nowhere/\(number)?a=\(number)")
            _ = try await server.send("X\(number)", "/healthz")
            _ = try await server.post(
                "/api/webhook", ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"],
                json: #"{"action":"action-\#(number)"}"#)
        }
        let after = try await metrics(of: server)
        #expect(after.value("usher_http_requests_total", ["route": "none", "status": "4xx"]) == 50)
        // What is new are the histograms of three kinds of answers: those below, and of `/metrics` itself.
        let histograms = after.families.filter { $0.type == "histogram" }.flatMap(\.samples).count
        #expect(after.families.flatMap(\.samples).count - histograms <= before)
        #expect(!after.families.flatMap(\.samples).contains { $0.labels.values.contains { $0.contains("nowhere") } })
    }
}
