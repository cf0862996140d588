import JSON

/// `enum` (Validation section 6.1.2).
struct EnumKeyword: Keyword {
    static let name = "enum"
    private static let maximumToldChoices = 20

    private let choices: [JSONValue]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let choices = value.arrayValue else {
            compiler.problem("`enum` must be a list of values.")
            return nil
        }
        self.choices = choices
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard !choices.contains(value) else { return }
        run.report(Self.name, rule, .got(value), kind: .choice)
    }

    private var rule: String {
        let told = choices.prefix(Self.maximumToldChoices).map(\.text)
        let others = choices.count - told.count
        let words = others > 0 ? told + ["\(others) other values"] : told
        return words.count == 1 ? "must be \(words[0])" : "must be one of \(Wording.list(words))"
    }
}
