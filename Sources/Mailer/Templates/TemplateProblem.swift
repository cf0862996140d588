/// One thing that is wrong with a template.
package struct TemplateProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let file: String
    /// Nil when it is about the whole file.
    package let line: Int?
    package let reason: String

    package init(file: String, line: Int? = nil, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    package var description: String {
        line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
    }
}

/// Everything that is wrong with the templates, so that it can be mended at once.
package struct TemplateProblems: Error, Sendable, CustomStringConvertible {
    package let problems: [TemplateProblem]

    package init(problems: [TemplateProblem]) {
        self.problems = problems
    }

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// Why a template cannot be filled: the caller gives other values than it declared.
package enum TemplateValueError: Error, Sendable, Hashable {
    case unknownTemplate(String)
    case missing(variable: String)
    case wrongKind(variable: String)
    /// Not http or https, or with characters that do not belong in a URL. The URL itself may be secret.
    case badURL(variable: String)
}

extension TemplateValueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownTemplate(let name): "There is no mail template `\(name)`."
        case .missing(let variable): "The mail template's variable `\(variable)` has no value."
        case .wrongKind(let variable): "The mail template's variable `\(variable)` has a value of another kind."
        case .badURL(let variable): "The mail template's variable `\(variable)` is no http or https URL."
        }
    }
}
