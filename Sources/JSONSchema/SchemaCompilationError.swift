public import JSON

/// Everything that is wrong with a schema document.
public struct SchemaCompilationError: Error, Sendable {
    /// Each with its place in the document; the message is a sentence for people.
    public let problems: [(pointer: JSONPointer, message: String)]
}

extension SchemaCompilationError: CustomStringConvertible {
    /// All problems with their places, a line each.
    public var description: String {
        problems.map { "\($0.pointer.tokens.isEmpty ? "The schema" : "\($0.pointer)"): \($0.message)" }
            .joined(separator: "\n")
    }
}
