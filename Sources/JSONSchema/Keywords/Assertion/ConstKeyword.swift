import JSON

/// `const` (Validation section 6.1.3).
struct ConstKeyword: Keyword {
    static let name = "const"

    private let constant: JSONValue

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) { constant = value }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard value != constant else { return }
        run.report(Self.name, "must be \(Wording.truncated(constant.text))", .got(value), kind: .choice)
    }
}
