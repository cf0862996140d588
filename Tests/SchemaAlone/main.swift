import JSON
import JSONSchema

struct Order: Codable {
    let product: String
    let seats: Int
}

let schema = try Schema([
    "type": "object", "required": ["product", "seats"], "additionalProperties": false,
    "properties": ["product": ["type": "string"], "seats": ["type": "integer", "minimum": 1]],
])

func read(_ text: String) {
    do {
        let value = try JSONValue(parsing: text)
        let errors = schema.validate(value)
        for error in errors { print(error.pointer, error.keyword, error.message) }
        if errors.isEmpty { print(try value.decode(Order.self)) }
    } catch {
        print(error)
    }
}

read(#"{"product": "pro", "seats": 3}"#)
read(#"{"product": "pro", "seat": 3}"#)
read(#"{"product": "pro", "seats": }"#)
