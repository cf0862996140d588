/// A type that says itself what it is as JSON.
///
/// For what is answered often: an encoder writes the same with six times the work.
public protocol JSONRepresentable: Encodable {
    /// The value as JSON.
    var json: JSONValue { get }
}

extension JSONRepresentable {
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
