import Foundation
import JSON
import JSONSchema

/// Measures how long it takes from bytes to a verdict, and of that the validation alone.
///
/// Its argument is a file with `[{"name": …, "schema": …, "documents": ["…"]}]`, each document as text. It prints the
/// nanoseconds for each document, the best of several rounds, as JSON.
@main
struct SchemaBenchmark {
    private static let rounds = 7

    static func main() throws {
        let limits = JSONLimits(maximumDepth: 100)
        let file = try [UInt8](Data(contentsOf: URL(filePath: CommandLine.arguments[1])))
        var rows: [JSONValue] = []
        for entry in try JSONValue(parsing: file, limits: limits).arrayValue ?? [] {
            let schema = try Schema(entry["schema"] ?? nil)
            for text in entry["documents"]?.arrayValue ?? [] {
                rows.append(try row(schema, entry["name"] ?? nil, Array((text.stringValue ?? "").utf8)))
            }
        }
        print(JSONValue.array(rows))
    }

    private static func row(_ schema: Schema, _ name: JSONValue, _ bytes: [UInt8]) throws -> JSONValue {
        let value = try JSONValue(parsing: bytes)
        let repetitions = max(10, 3_000_000 / (bytes.count * 10 + 100))
        let both = measure(repetitions) { (try? JSONValue(parsing: bytes)).map { schema.accepts($0) } ?? false }
        let alone = measure(repetitions) { schema.accepts(value) }
        return [
            "name": name, "bytes": .number(JSONNumber(bytes.count)), "valid": .bool(schema.accepts(value)),
            "both": .number(JSONNumber(both)), "alone": .number(JSONNumber(alone)),
        ]
    }

    /// Nanoseconds of the processor for one call of `body`, in the best round: neighbours disturb these less than those of
    /// a clock.
    private static func measure(_ repetitions: Int, _ body: () -> Bool) -> Double {
        var (best, valid) = (Double.infinity, 0)
        for _ in 0..<rounds {
            let start = processorTime()
            for _ in 0..<repetitions where body() { valid += 1 }
            best = min(best, (processorTime() - start) / Double(repetitions))
        }
        // The count is looked at, so that no compiler leaves the calls out.
        return valid < 0 ? 0 : best
    }

    /// What this process has used so far, in nanoseconds.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
