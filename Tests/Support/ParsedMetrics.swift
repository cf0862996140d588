/// Metrics in Prometheus' text format 0.0.4, read strictly: what Prometheus would drop or guess at is an error here.
package struct ParsedMetrics: Sendable {
    package struct Family: Sendable {
        package let name: String
        package let help: String
        package let type: String
        package var samples: [Sample] = []
    }

    package struct Sample: Sendable {
        package let name: String
        package let labels: [String: String]
        package let value: Double
    }

    package struct Mistake: Error, CustomStringConvertible {
        package let description: String
    }

    package private(set) var families: [Family] = []

    /// - Throws: ``Mistake`` with the line that is wrong.
    package init(parsing text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Mistake(description: "the last line has no end") }
        var help: (name: String, text: String)?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("# HELP ") {
                help = Self.halves(line.dropFirst(7))
            } else if line.hasPrefix("# TYPE ") {
                try begin(Self.halves(line.dropFirst(7)), help, line)
                help = nil
            } else {
                try add(MetricLine(line).sample(), line)
            }
        }
        for family in families { try check(family) }
    }

    package func family(_ name: String) -> Family? { families.first { $0.name == name } }

    /// The sum of all series of a counter or gauge that have these labels; nil when there is none.
    package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = families.flatMap(\.samples).filter { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0] == $1 }
        }
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    private static func halves(_ text: Substring) -> (String, String) {
        let halves = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
    }

    private mutating func begin(
        _ type: (name: String, type: String), _ help: (name: String, text: String)?, _ line: Substring
    )
        throws
    {
        guard let help, help.name == type.name, !help.text.isEmpty else {
            throw Mistake(description: "no HELP before \(line)")
        }
        guard ["counter", "gauge", "histogram"].contains(type.type) else { throw Mistake(description: "\(line)") }
        guard family(type.name) == nil else { throw Mistake(description: "twice: \(line)") }
        families.append(Family(name: type.name, help: help.text, type: type.type))
    }

    private mutating func add(_ sample: Sample, _ line: Substring) throws {
        guard let family = families.last else { throw Mistake(description: "no TYPE before \(line)") }
        let suffixes = family.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { family.name + $0 == sample.name }) else {
            throw Mistake(description: "not of \(family.name): \(line)")
        }
        guard !family.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
            throw Mistake(description: "twice: \(line)")
        }
        families[families.count - 1].samples.append(sample)
    }

    private func check(_ family: Family) throws {
        if family.samples.isEmpty { throw Mistake(description: "\(family.name) has no line") }
        if family.type == "counter",
            family.samples.contains(where: { !($0.value >= 0) }) || !family.name.hasSuffix("_total")
        {
            throw Mistake(description: "\(family.name) is no counter")
        }
        guard family.type == "histogram" else { return }
        let buckets = Dictionary(grouping: family.samples.filter { $0.name.hasSuffix("_bucket") }) { sample in
            sample.labels.filter { $0.key != "le" }
        }
        for (labels, buckets) in buckets {
            let bounds = buckets.compactMap { $0.labels["le"].flatMap(MetricLine.number) }
            let counts = buckets.map(\.value)
            let total = family.samples.first { $0.name == family.name + "_count" && $0.labels == labels }?.value
            guard bounds.count == buckets.count, bounds.last == .infinity, bounds == bounds.sorted(),
                counts == counts.sorted(), counts.last == total,
                family.samples.contains(where: { $0.name == family.name + "_sum" && $0.labels == labels })
            else { throw Mistake(description: "the buckets of \(family.name) \(labels) do not add up") }
        }
    }
}

/// One line with a value: `name{label="text",…} 1.5`.
private struct MetricLine {
    private var rest: Substring
    private let line: Substring

    init(_ line: Substring) {
        (rest, self.line) = (line, line)
    }

    func sample() throws -> ParsedMetrics.Sample {
        var reader = self
        let name = try reader.takeName()
        var labels: [String: String] = [:]
        if reader.take("{") {
            repeat {
                let label = try reader.takeName()
                guard reader.take("="), reader.take("\"") else { throw mistake }
                guard try labels.updateValue(reader.takeText(), forKey: label) == nil else { throw mistake }
            } while reader.take(",")
            guard reader.take("}") else { throw mistake }
        }
        guard reader.take(" "), let value = Self.number(String(reader.rest)) else { throw mistake }
        return ParsedMetrics.Sample(name: name, labels: labels, value: value)
    }

    static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.allSatisfy { "0123456789+-.e".contains($0) } ? Double(text) : nil
        }
    }

    private var mistake: ParsedMetrics.Mistake { ParsedMetrics.Mistake(description: "cannot be read: \(line)") }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func takeName() throws -> String {
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = name.first, !first.isNumber else { throw mistake }
        rest = rest.dropFirst(name.count)
        return String(name)
    }

    /// Up to the closing quote, which it takes too.
    private mutating func takeText() throws -> String {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\":
                guard let meant = rest.popFirst(), let plain = ["\\": "\\", "\"": "\"", "n": "\n"][meant] else {
                    throw mistake
                }
                text += plain
            default: text.append(character)
            }
        }
        throw mistake
    }
}
