import JSON

/// `pattern` (Validation section 6.3.3).
struct PatternKeyword: Keyword {
    static let name = "pattern"

    private let expression: RegularExpression

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let pattern = value.stringValue else {
            compiler.problem("`pattern` must be a regular expression.")
            return nil
        }
        guard let expression = compiler.expression(pattern) else { return nil }
        self.expression = expression
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .string(let text) = value, !expression.matches(text) else { return }
        run.report(Self.name, "must match the pattern `\(expression.pattern)`", .got(value))
    }
}
