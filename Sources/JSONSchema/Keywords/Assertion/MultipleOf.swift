import JSON

/// `multipleOf` (Validation section 6.2.1), computed exactly: 0.3 is a multiple of 0.1.
struct MultipleOf: Keyword {
    static let name = "multipleOf"

    private let divisor: JSONNumber

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let divisor = value.numberValue, divisor > JSONNumber(0) else {
            compiler.problem("`multipleOf` must be a number above 0.")
            return nil
        }
        self.divisor = divisor
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .number(let number) = value, !number.isMultiple(of: divisor) else { return }
        run.report(Self.name, "must be a multiple of \(divisor)", .got(value))
    }
}
