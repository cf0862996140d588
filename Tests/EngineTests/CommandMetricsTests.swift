import Engine
import JSON
import Metrics
import MetricsTestKit
import Storage
import Synchronization
import Testing

/// Commands as they are counted, and what is told of each commit.
struct CommandMetricsTests {
    private final class Commits: Sendable {
        let all = Mutex<[CommittedWork]>([])
    }

    @Test func eachOutcomeIsCountedByActionAndCodeAndOddOnesTogether() async throws {
        let metrics = TestMetrics()
        let test = try await EngineUnderTest.make(metrics: metrics)
        _ = try await test.call("add-to-tally", ["name": "a"])
        _ = try await test.call("addToTally", ["name": "a"])
        for (action, name) in [("add-to-tally", ""), ("spoil-tally", "a"), ("write-in-secret", "a"), ("nothing", "a")] {
            _ = try? await test.call(Action(rawValue: action), ["name": .string(name)])
        }
        func count(_ action: String, _ code: String) throws -> Int64 {
            try metrics.expectCounter("usher_commands_total", [("action", action), ("code", code)]).totalValue
        }
        #expect(try count("add-to-tally", "OK") == 2)
        #expect(try count("add-to-tally", "INVALID_INPUT") == 1)
        #expect(try count("spoil-tally", "CONFLICT") == 1)
        #expect(try count("write-in-secret", "INTERNAL") == 1)
        #expect(try count("unknown", "ACTION_NOT_FOUND") == 1)
        #expect(try count("read-tally", "OTHER") == 0)
        let timer = try metrics.expectTimer("usher_command_duration_seconds", [("action", "add-to-tally")])
        #expect(timer.values.count == 3)
    }

    @Test func whatIsOnDiskIsToldAndNothingElse() async throws {
        let commits = Commits()
        let test = try await EngineUnderTest.make { work in commits.all.withLock { $0.append(work) } }
        _ = try await test.call("add-to-tally", ["name": "a"])
        _ = try? await test.call("spoil-tally", ["name": "a"])
        _ = try? await test.call("refuse-and-keep", ["name": "a"])
        _ = try await test.call("read-tally", ["name": "a"])
        let told = commits.all.withLock { $0 }
        #expect(told.map(\.kinds) == [["tally"], ["tally"]], "the refusal that undid its work is not among them")
        #expect(told.map(\.changes.count) == [1, 1])
    }
}
