import JSON

/// The schema `false`, which no value fits.
struct Never: Keyword {
    static let name = "false"

    init() {}

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) { nil }

    func check(_ value: JSONValue, _ run: inout Validation) { run.report(Self.name, "is not allowed here") }
}
