public import JSON

/// One thing that is wrong with a value.
public struct ValidationError: Sendable, Hashable {
    /// In the value. Of a member that is missing or not known it is where that member would be.
    public let pointer: JSONPointer
    /// The keyword of the schema that refuses; `false` where a schema itself is `false`.
    public let keyword: String
    /// A sentence for people, with the name of the member, and the value unless that is a secret.
    public let message: String
}
