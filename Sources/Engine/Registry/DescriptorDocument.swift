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
        let (source, problems) = DocumentForm.document.read(bytes, name: name)
        guard problems.isEmpty else { throw RegistryProblems(problems) }
        let shared = source["$defs"]?.objectValue.map(SharedDefinitions.init)
        descriptors = (source["commands"]?.objectValue ?? [:]).map { action, entry in
            Descriptor(Action(rawValue: action), entry, shared)
        }
        self.source = source
    }
}

extension Descriptor {
    /// Takes what an entry says; that it has the form of one has been seen.
    fileprivate init(_ action: Action, _ entry: JSONValue, _ shared: SharedDefinitions?) {
        self.init(
            action: action, summary: entry["summary"]?.stringValue ?? "",
            description: entry["description"]?.stringValue ?? "", since: entry["since"]?.stringValue,
            deprecation: entry["deprecated"].map(Deprecation.init), aliases: .init(entry["aliases"]),
            input: Self.schema(entry["input"], shared), output: Self.schema(entry["output"], shared),
            examples: .init(entry["examples"]),
            channels: Set(entry["expose"].texts.compactMap(Channel.init(rawValue:))),
            effects: Effects(entry["effects"]), rateLimits: entry["rateLimits"].texts)
    }

    /// With what it uses of the shared definitions.
    private static func schema(_ schema: JSONValue?, _ shared: SharedDefinitions?) -> JSONValue {
        var schema = schema?.objectValue ?? [:]
        if let shared, schema["$defs"] == nil { schema["$defs"] = .object(shared.used(by: schema)) }
        return .object(schema)
    }
}

extension Deprecation {
    fileprivate init(_ entry: JSONValue) {
        date = entry["date"]?.stringValue ?? ""
        reason = entry["reason"]?.stringValue ?? ""
        replacement = entry["instead"]?.stringValue.map(Action.init(rawValue:))
    }
}

extension Effects {
    fileprivate init(_ entry: JSONValue?) {
        isReadOnly = entry?["readOnly"]?.boolValue ?? false
        isDestructive = entry?["destructive"]?.boolValue ?? false
        isIdempotent = entry?["idempotent"]?.boolValue ?? false
        mails = entry?["mails"].texts ?? []
    }
}

extension [Descriptor.Example] {
    init(_ list: JSONValue?) {
        self = (list?.arrayValue ?? []).map { .init(input: $0["input"] ?? .null, output: $0["output"]) }
    }
}

extension [Action] {
    init(_ list: JSONValue?) { self = list.texts.map(Action.init(rawValue:)) }
}

extension JSONValue? {
    /// The texts of a list.
    fileprivate var texts: [String] { (self?.arrayValue ?? []).compactMap(\.stringValue) }
}
