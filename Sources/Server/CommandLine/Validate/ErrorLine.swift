import JSON
import JSONSchema

/// An error of a document on one line: where, by which keyword, and what.
struct ErrorLine: CustomStringConvertible {
    let description: String

    init(_ error: ValidationError) {
        let place = [error.pointer.description, error.keyword].filter { !$0.isEmpty }.joined(separator: " ")
        description = Self.plain("\(place): \(error.message)")
    }

    init(_ problem: (pointer: JSONPointer, message: String)) {
        let place = problem.pointer.tokens.isEmpty ? "The schema" : problem.pointer.description
        description = Self.plain("\(place): \(problem.message)")
    }

    /// A document from outside can have names that would steer a terminal.
    private static func plain(_ text: String) -> String {
        var line = ""
        LogEscaping.appendPlain(text, to: &line)
        return line
    }
}
