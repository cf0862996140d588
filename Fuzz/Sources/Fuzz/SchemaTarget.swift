import JSON
import JSONSchema

/// A JSON document that is taken for a schema. It is compiled, or every mistake has its place in the document.
enum SchemaTarget {
    static func run(_ input: [UInt8]) {
        guard let document = try? JSONValue(parsing: input) else { return }
        let strict = compile(document, .strict)
        let lenient = compile(document, .specification)
        if strict != nil { require(lenient != nil, "what is allowed strictly is allowed") }
        for schema in [strict, lenient].compactMap(\.self) {
            let known = schema.knownProperties()
            require(known == known.sorted() && Set(known).count == known.count, "names are sorted, each once")
            // A schema is a document that its own keywords may be tried on.
            require(schema.accepts(document) == schema.validate(document).isEmpty, "there are errors, or it is valid")
        }
    }

    private static func compile(_ document: JSONValue, _ options: SchemaOptions) -> Schema? {
        var options = options
        options.maximumSteps = 20_000
        do {
            return try Schema(document, options: options)
        } catch {
            require(!error.problems.isEmpty, "a refusal has a reason")
            for problem in error.problems {
                require(document.value(at: problem.pointer) != nil, "\(problem.pointer) is in the schema")
                require(!problem.message.isEmpty, "a mistake has a sentence")
            }
            return nil
        }
    }
}
