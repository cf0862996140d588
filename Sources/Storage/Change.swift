public import JSON

/// One record that a transaction made, changed or deleted, for the audit and everything else that wants to know.
public struct Change: Sendable, Hashable {
    /// Which record: the kind in kebab-case (`user`, `license`) and its id.
    public struct Subject: Sendable, Hashable {
        public let kind: String
        public let id: Int64

        public init(_ kind: String, _ id: Int64) {
            self.kind = kind
            self.id = id
        }
    }

    public let subject: Subject
    /// The fields that differ, as they were; nil when the record was made.
    public let from: JSONValue?
    /// The fields that differ, as they are now; nil when the record was deleted.
    public let to: JSONValue?
}
