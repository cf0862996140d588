import JSON

/// `format` (Validation section 7), asserted. `password` only says that the value is a secret (as in OpenAPI).
struct FormatKeyword: Keyword {
    static let name = "format"

    private let format: Format

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        if value == "password" { return nil }
        guard let name = value.stringValue, let format = Format.all[name] else {
            let known = Format.all.keys.sorted() + ["password"]
            compiler.problem("The format \(value.text) is not known here, only \(Wording.list(known, "and")).")
            return nil
        }
        self.format = format
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .string(let text) = value, !format.accepts(text) else { return }
        run.report(Self.name, "must be \(format.phrase)", .got(value))
    }
}
