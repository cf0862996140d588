import Commands
import Cryptography
import Engine
import Foundation
import JSON
import Logging
import Mailer
import Prometheus
import Storage
import TestSupport
import Testing

@testable import Server

/// The list of metrics, and all that is written about them.
struct MetricCatalogueTests {
    private let names = Set(MetricCatalogue.all.map(\.name))

    private func document(_ name: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/\(name)")
        return try String(contentsOf: file.standardized, encoding: .utf8)
    }

    /// The metrics that a text names; the lines of a histogram stand for it.
    private func metrics(in text: String) -> Set<String> {
        let histograms = MetricCatalogue.all.filter { $0.kind == .histogram }.map(\.name)
        return Set(
            text.matches(of: /\b(?:usher|process)_[a-z_]+[a-z]\b/).map { match in
                let name = String(match.output)
                return histograms.first { ["_bucket", "_sum", "_count"].map($0.appending).contains(name) } ?? name
            })
    }

    @Test func everyPartCountsUnderNamesThatAreListedAndNoneIsListedInVain() async throws {
        let factory = ServerMetrics.makeFactory()
        let place = try TestDatabase()
        let database = try place.open(metrics: factory)
        let hasher = PasswordHasher(metrics: factory)
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        let clock = Clock { Timestamp(milliseconds: 1_800_000_000_000) }
        _ = CommandEngine(
            registry: try Registry(plugins: [StandInPlugin()], shipped: nothing), database: database, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: factory)
        _ = (
            SessionMetrics(factory), SweepMetrics(factory), MailMetrics(factory), HTTPMetrics(RouteTable([]), factory)
        )
        let probes: [Probe] = [
            .hashing(hasher), .database(database), .rateLimits { ["login": 3] },
            .outbox(clock) { MailStatus(waiting: 2, oldest: clock.now() - .seconds(5)) },
        ]
        let text = await ServerMetrics(factory, probes: probes).exposition.text()
        let metrics = try ParsedMetrics(parsing: text)
        #expect(factory.names.union(metrics.families.map(\.name)) == names)
        #expect(metrics.value("usher_outbox_oldest_mail_age_seconds") == 5)
        #expect(metrics.value("usher_rate_limit_refusals_total", ["limit": "login"]) == 3)
        hasher.shutdown()
        try await database.close()
    }

    @Test func namesFollowPrometheusAndEachHasASentence() {
        for metric in MetricCatalogue.all {
            #expect(metric.help.hasSuffix("."), "\(metric.name)")
            #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
            #expect(metric.buckets == metric.buckets.sorted(), "\(metric.name)")
        }
        #expect(names.count == MetricCatalogue.all.count)
    }

    @Test func theDashboardAsksForMetricsThatThereAre() throws {
        let dashboard = try JSONValue(parsing: try document("grafana-dashboard.json"))
        var queries: [String] = []
        func collect(_ value: JSONValue) {
            if let query = value["expr"]?.stringValue { queries.append(query) }
            for (_, member) in value.objectValue ?? [:] { collect(member) }
            for item in value.arrayValue ?? [] { collect(item) }
        }
        collect(dashboard)
        #expect(queries.count > 15)
        for query in queries {
            let used = metrics(in: query)
            #expect(!used.isEmpty && used.isSubset(of: names), "\(query)")
        }
        #expect(dashboard["title"]?.stringValue == "Usher")
        let panels = dashboard["panels"]?.arrayValue ?? []
        #expect(Set(panels.compactMap { $0["id"]?.numberValue?.description }).count == panels.count)
    }

    @Test func theDocumentTellsOfEveryMetricAndOfNoOther() throws {
        #expect(metrics(in: try document("monitoring.md")) == names)
    }
}
