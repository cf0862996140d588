import JSON

/// A keyword of a compiled schema: what it checks, and how it is read.
protocol Keyword: Sendable {
    static var name: String { get }

    /// Other keywords of the same schema that this one reads; alone they mean nothing.
    static var companions: [String] { get }

    /// Reads the keyword's `value`; nil when there is nothing to check, or after a problem was reported.
    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler)

    /// Reports to `run` what is wrong with `value`.
    func check(_ value: JSONValue, _ run: inout Validation)
}

extension Keyword {
    static var companions: [String] { [] }
}
