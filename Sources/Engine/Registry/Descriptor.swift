public import JSON

/// The entry of an action in `commands.json`: what it does, takes and answers, and where it is exposed.
public struct Descriptor: Sendable {
    /// A call and its answer, to learn from; both are valid by the schemas.
    public struct Example: Sendable {
        public let input: JSONValue
        public let output: JSONValue
    }

    public let action: Action
    public let summary: String
    public let description: String
    /// JSON Schema (draft 2020-12), with what it uses of the shared `$defs` of its document.
    public let input: JSONValue
    /// JSON Schema (draft 2020-12), with what it uses of the shared `$defs` of its document.
    public let output: JSONValue
    public let examples: [Example]
    public let channels: Set<Channel>
}
