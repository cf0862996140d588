import Metrics
import MetricsTestKit
import Testing

@testable import Mailer

/// What is counted of attempts to send.
struct MailMetricsTests {
    @Test(arguments: [
        (Delivery(.sent, code: 250, text: "x"), "sent"), (Delivery(.delayed, code: 451, text: "x"), "deferred"),
        (Delivery(.unreachable, text: "x"), "deferred"), (Delivery(.refused, code: 550, text: "x"), "failed"),
    ])
    func eachAttemptIsCountedByWhatCameOfIt(delivery: Delivery, outcome: String) async throws {
        let (fixture, metrics) = (try await OutboxFixture(), TestMetrics())
        fixture.transport.answer(delivery)
        try await fixture.enqueue()
        #expect(try await fixture.worker(metrics: metrics).sendNext())
        for other in ["sent", "deferred", "failed", "expired"] {
            let count = try metrics.expectCounter("usher_mails_total", [("outcome", other)]).totalValue
            #expect(count == (other == outcome ? 1 : 0), "\(other)")
        }
    }
}
