import JSON

/// `required` (Validation section 6.5.3).
struct Required: Keyword {
    static let name = "required"

    private let names: [String]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let names = compiler.names(value, what: "`required`") else { return nil }
        self.names = names
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for name in names where object.place(of: name) == nil {
            run.report(Self.name, member: name, { "\($0) is required" }, kind: .missing)
            if run.isSettled { return }
        }
    }
}
