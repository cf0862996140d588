import JSON

/// `dependentRequired` (Validation section 6.5.4).
struct DependentRequired: Keyword {
    static let name = "dependentRequired"

    private var dependents: [(name: String, required: [String])] = []

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let object = compiler.object(value, Self.name) else { return nil }
        for (name, value) in object {
            guard let required = compiler.names(value, what: "`\(name)` of `dependentRequired`") else { continue }
            dependents.append((name, required))
        }
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (name, required) in dependents where object.place(of: name) != nil {
            for other in required where object.place(of: other) == nil {
                run.report(Self.name, member: other, { "\($0) is required where `\(name)` is given" })
                if run.isSettled { return }
            }
        }
    }
}
