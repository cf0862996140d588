public import JSON

/// How a schema is read.
public struct SchemaOptions: Sendable {
    /// Where `format` is checked.
    public enum Formats: Sendable {
        /// Everywhere.
        case asserted
        /// Where the dialect has the vocabulary "format-assertion"; elsewhere it only describes, as by the specification.
        case byVocabulary
    }

    /// Where `format` is checked.
    public var formats: Formats
    /// Whether keywords and formats that are not known are refused, except names that begin with `x-`. The specification
    /// has them ignored; but then a misspelt keyword allows everything.
    public var refusesUnknown: Bool
    /// How many subschemas are applied in one validation at most, before the value is refused as too complex.
    public var maximumSteps: Int
    /// Other documents by their URI, without a fragment; nil for what is not there, which is then a problem of the schema.
    /// Nothing is ever fetched. The documents of the draft itself are always there.
    ///
    /// It is asked while a schema is compiled, also for the metaschema that `$schema` names where that is no dialect known
    /// here, and never while a value is validated.
    public var documents: @Sendable (_ uri: String) -> JSONValue?

    /// Names of members whose values must not come into a message, besides those that the schema itself says are secret
    /// (`writeOnly`, or the format `password`): another schema may know more of the same values.
    public var secretNames: Set<String> = []

    /// Formats are asserted, and what is unknown is refused: for schemas of one's own.
    public static let strict = SchemaOptions(formats: .asserted, refusesUnknown: true, maximumSteps: 1_000_000)

    /// As the specification says: for anybody's schemas.
    public static let specification = SchemaOptions(
        formats: .byVocabulary, refusesUnknown: false, maximumSteps: 1_000_000_000)

    /// Options of one's own; ``strict`` and ``specification`` are good beginnings.
    public init(
        formats: Formats, refusesUnknown: Bool, maximumSteps: Int,
        documents: @escaping @Sendable (_ uri: String) -> JSONValue? = { _ in nil }
    ) {
        self.formats = formats
        self.refusesUnknown = refusesUnknown
        self.maximumSteps = maximumSteps
        self.documents = documents
    }
}
