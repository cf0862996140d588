import JSON
import JSONSchema
import Resources

/// What a file about commands may look like: `commands.schema.json`, which is in the binary.
enum DocumentForm: String {
    case document, overlay

    /// The file's content, with everything that is wrong with its form: a sentence each with its place. `null` for what is
    /// not JSON.
    func read(_ bytes: [UInt8], name: String) -> (content: JSONValue, problems: [String]) {
        let content: JSONValue
        do {
            content = try JSONValue(parsing: bytes)
        } catch {
            return (.null, ["\(name) is not JSON: \(error.message)"])
        }
        do {
            let schema = try self == .document ? Self.documents.get() : Self.overlays.get()
            let errors = schema.validate(content)
            return (content, errors.map { Self.place(in: name, $0.pointer) + ": " + $0.message })
        } catch {
            return (content, ["commands.schema.json in this binary cannot be used: \(error)"])
        }
    }

    /// Where something is: the file, and a JSON Pointer.
    static func place(in name: String, _ pointer: JSONPointer) -> String {
        pointer.tokens.isEmpty ? name : "\(name): \(pointer)"
    }

    private static let file = Result { try JSONValue(parsing: Resources.bytes(named: "commands.schema.json") ?? []) }
    private static let documents = Result { try document.compiled() }
    private static let overlays = Result { try overlay.compiled() }

    private func compiled() throws -> Schema {
        let file = try Self.file.get()
        let id = file["$id"]?.stringValue ?? ""
        var options = SchemaOptions.strict
        options.documents = { $0 == id ? file : nil }
        return try Schema(["$ref": .string("\(id)#/$defs/\(rawValue)")], options: options)
    }
}
