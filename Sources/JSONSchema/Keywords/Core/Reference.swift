import JSON

/// `$ref` (Core section 8.2.3.1), to places within the same document.
struct Reference: Keyword {
    static let name = "$ref"

    let target: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let text = value.stringValue else {
            compiler.problem("`$ref` must be a URI reference.")
            return nil
        }
        guard let place = Self.place(text, in: compiler.id) else {
            compiler.problem("`$ref` can refer to places within this document only, such as `#/$defs/name`.")
            return nil
        }
        guard let target = compiler.referenced(place) else {
            compiler.problem("There is nothing at `\(text)` in this document.")
            return nil
        }
        self.target = target
    }

    /// The place that a reference names, whose fragment is a JSON Pointer in percent-encoding (RFC 6901 section 6).
    private static func place(_ text: String, in id: String?) -> JSONPointer? {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let base = id?.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first
        guard parts[0].isEmpty || parts[0] == base else { return nil }
        guard parts.count == 2 else { return parts[0].isEmpty ? nil : .root }
        return PercentEncoding.decode(parts[1]).flatMap(JSONPointer.init(parsing:))
    }

    func check(_ value: JSONValue, _ run: inout Validation) { run.apply(target, value) }
}
