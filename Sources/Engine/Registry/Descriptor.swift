public import JSON

/// The entry of an action in `commands.json`: what it does, takes and answers, and where it is exposed.
public struct Descriptor: Sendable {
    /// A call and its answer, to learn from; both are valid by the schemas.
    public struct Example: Sendable {
        public let input: JSONValue
        /// Nil where an operator's example leaves it out.
        public let output: JSONValue?
    }

    public let action: Action
    public let summary: String
    public let description: String
    /// The first version that has it, such as `1.0.0`; nil when its document does not say.
    public let since: String?
    /// Says that it will go one day; nil for most.
    public let deprecation: Deprecation?
    /// Its other names, those of an operator's overlay among them, without the camelCase that every action has.
    public internal(set) var aliases: [Action]
    /// JSON Schema (draft 2020-12), with what it uses of the shared `$defs` of its document.
    public let input: JSONValue
    /// What an operator's overlay asks of inputs in addition; nil without one.
    public internal(set) var tightening: JSONValue?
    /// JSON Schema (draft 2020-12), with what it uses of the shared `$defs` of its document.
    public let output: JSONValue
    public internal(set) var examples: [Example]
    public let channels: Set<Channel>
    public let effects: Effects
    /// The names of the limits that its calls are counted by.
    public let rateLimits: [String]
}

/// What a command does besides answering.
public struct Effects: Sendable, Hashable {
    /// Whether it changes nothing and mails nobody.
    public let isReadOnly: Bool
    /// Whether it is there to end, remove or overwrite something.
    public let isDestructive: Bool
    /// Whether the same call at once again changes nothing more and mails nobody again.
    public let isIdempotent: Bool
    /// The templates of the mails that it may cause.
    public let mails: [String]
}

extension Descriptor {
    /// All that the action may be called, its own name first.
    public var names: [Action] { action.spellings + aliases }

    /// One schema for both: what is shipped, and what an operator asks for in addition.
    public var tightenedInput: JSONValue {
        guard let tightening, var schema = input.objectValue else { return input }
        var addition = tightening.objectValue ?? [:]
        // With a name of its own, so that `#/$defs/…` in it goes on meaning what it has itself.
        if addition["$id"] == nil { addition["$id"] = .string("urn:usher:overlay:\(action)") }
        schema["allOf"] = .array((schema["allOf"]?.arrayValue ?? []) + [.object(addition)])
        return .object(schema)
    }
}
