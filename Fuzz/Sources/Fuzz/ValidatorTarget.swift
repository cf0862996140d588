import JSON
import JSONSchema

/// An array of a schema and of documents for it. Validation ends, and its errors are in the document, in its order.
enum ValidatorTarget {
    static func run(_ input: [UInt8]) {
        guard let parts = (try? JSONValue(parsing: input))?.arrayValue, let document = parts.first else { return }
        let options = SchemaOptions(formats: .asserted, refusesUnknown: false, maximumSteps: 20_000)
        guard let schema = try? Schema(document, options: options) else { return }
        for value in parts.dropFirst().prefix(8) { check(value, schema) }
    }

    private static func check(_ value: JSONValue, _ schema: Schema) {
        let errors = schema.validate(value)
        require(schema.accepts(value) == errors.isEmpty, "there are errors, or it is valid")
        require(errors.count <= 50 && Set(errors).count == errors.count, "there are 50 errors at most, none twice")
        require(schema.validate(value) == errors, "the same is said again")
        let ways = errors.map { places(of: $0.pointer, in: value) }
        for (way, next) in zip(ways, ways.dropFirst()) {
            require(!next.lexicographicallyPrecedes(way), "errors are in the order of the document")
        }
        for error in errors { require(!error.message.isEmpty && !error.keyword.isEmpty, "an error says what is wrong") }
    }

    /// Where in the order of each object and array the way of a pointer leads; -1 for what could be there and is not.
    private static func places(of pointer: JSONPointer, in document: JSONValue) -> [Int] {
        var places: [Int] = []
        var value: JSONValue? = document
        for token in pointer.tokens {
            let around = require(value, "\(pointer) is in the document, or would be")
            let place =
                around.objectValue.map { $0.place(of: token) ?? -1 } ?? around.arrayValue.flatMap { _ in Int(token) }
            places.append(require(place, "\(pointer) leads through objects and arrays"))
            value = around.value(at: JSONPointer([token]))
        }
        return places
    }
}
