import Engine

/// A field of an input by its whole name, such as `license.seats`.
struct InputField {
    let name: String
    let schema: FieldSchema
    let isRequired: Bool
    /// The field that it is part of.
    var parent: String?

    /// Whether it is nothing but what its parts are.
    var isGroup: Bool { schema.types.filter { $0 != "null" } == ["object"] && !schema.propertyNames.isEmpty }

    /// How deep objects are looked into, as one can contain itself.
    private static let depth = 4

    /// All fields of an input, parts after their whole.
    static func all(of input: FieldSchema) -> [InputField] { all(of: input, within: nil, depth: depth) }

    private static func all(of object: FieldSchema, within parent: String?, depth: Int) -> [InputField] {
        guard depth > 0 else { return [] }
        return object.propertyNames.flatMap { name -> [InputField] in
            guard let schema = object.property(name) else { return [] }
            let field = InputField(
                name: (parent.map { $0 + "." } ?? "") + name, schema: schema, isRequired: object.requires(name),
                parent: parent)
            return [field] + (schema.takes("object") ? all(of: schema, within: field.name, depth: depth - 1) : [])
        }
    }
}

extension Descriptor {
    var inputSchema: FieldSchema { FieldSchema(input) }
}
