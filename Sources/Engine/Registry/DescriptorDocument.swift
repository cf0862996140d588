public import JSON

/// A parsed `commands.json`: the descriptors by action, and the definitions that their schemas share.
public struct DescriptorDocument: Sendable {
    public let descriptors: [Descriptor]
    /// The document itself, as it was written.
    public let source: JSONValue

    /// Reads a document from its text.
    ///
    /// - Throws: ``RegistryProblems`` with every mistake in its form; schemas are checked by ``Registry``.
    public init(parsing bytes: [UInt8], name: String) throws(RegistryProblems) {
        let source: JSONValue
        do {
            source = try JSONValue(parsing: bytes)
        } catch {
            throw RegistryProblems(["\(name) is not JSON: \(error.message)"])
        }
        var reader = Reader(name: name, shared: source["$defs"])
        guard source["version"] == 1, let commands = source["commands"]?.objectValue else {
            throw RegistryProblems(["\(name) must be an object with `\"version\": 1` and `commands`"])
        }
        descriptors = commands.compactMap { reader.descriptor(of: Action(rawValue: $0.key), $0.value) }
        guard reader.problems.isEmpty else { throw RegistryProblems(reader.problems) }
        self.source = source
    }

    /// Collects the descriptors of one document and the mistakes in them.
    private struct Reader {
        let name: String
        let shared: JSONValue?
        var problems: [String] = []

        mutating func descriptor(of action: Action, _ entry: JSONValue) -> Descriptor? {
            let count = problems.count
            if !action.isWellFormed { problem(action, "is not a name in kebab-case") }
            let known: Set = ["summary", "description", "input", "output", "examples", "expose"]
            for key in entry.objectValue?.keys ?? [] where !known.contains(key) {
                problem(action, "has the unknown member `\(key)`")
            }
            let summary = text("summary", of: entry, action)
            let description = text("description", of: entry, action)
            let input = schema("input", of: entry, action)
            let output = schema("output", of: entry, action)
            let examples = (entry["examples"]?.arrayValue ?? []).compactMap { example in
                Descriptor.Example(input: example["input"] ?? .null, output: example["output"] ?? .null)
            }
            if examples.isEmpty { problem(action, "has no `examples`") }
            let channels = channels(of: entry, action)
            guard problems.count == count else { return nil }
            return Descriptor(
                action: action, summary: summary, description: description, input: input, output: output,
                examples: examples, channels: channels)
        }

        private mutating func problem(_ action: Action, _ sentence: String) {
            problems.append("\(name): `\(action)` \(sentence)")
        }

        private mutating func text(_ member: String, of entry: JSONValue, _ action: Action) -> String {
            guard let text = entry[member]?.stringValue, !text.isEmpty else {
                problem(action, "needs `\(member)`, a text")
                return ""
            }
            return text
        }

        private mutating func schema(_ member: String, of entry: JSONValue, _ action: Action) -> JSONValue {
            guard var schema = entry[member]?.objectValue else {
                problem(action, "needs `\(member)`, a JSON Schema")
                return .null
            }
            if schema["$defs"] == nil { schema["$defs"] = definitions(for: schema) }
            return .object(schema)
        }

        /// What is no object is left to the compiler, which says so.
        private func definitions(for schema: JSONObject) -> JSONValue? {
            guard let definitions = shared?.objectValue else { return shared }
            return .object(SharedDefinitions(definitions).used(by: schema))
        }

        private mutating func channels(of entry: JSONValue, _ action: Action) -> Set<Channel> {
            let names = entry["expose"]?.arrayValue ?? []
            let channels = names.compactMap { $0.stringValue.flatMap(Channel.init(rawValue:)) }
            if channels.isEmpty || channels.count != names.count {
                let allowed = Channel.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                problem(action, "needs `expose`, a list of \(allowed)")
            }
            return Set(channels)
        }
    }
}
