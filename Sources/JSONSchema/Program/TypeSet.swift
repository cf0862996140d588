import JSON

/// Some of the seven types of JSON Schema.
struct TypeSet: OptionSet {
    let rawValue: UInt8

    static let null = TypeSet(rawValue: 1)
    static let boolean = TypeSet(rawValue: 2)
    static let string = TypeSet(rawValue: 4)
    static let array = TypeSet(rawValue: 8)
    static let object = TypeSet(rawValue: 16)
    static let integer = TypeSet(rawValue: 32)
    static let number = TypeSet(rawValue: 64)
    static let all = TypeSet(rawValue: 127)

    /// By name, with what sentences call them.
    static let named: [String: (type: TypeSet, phrase: String)] = [
        "string": (.string, "text"), "integer": (.integer, "a whole number"), "number": (.number, "a number"),
        "boolean": (.boolean, "true or false"), "array": (.array, "a list"), "object": (.object, "an object"),
        "null": (.null, "null"),
    ]

    /// Whether the type of `value` is among them. A number with a zero fraction, such as `1.0`, is an integer.
    @inline(__always)
    func contains(typeOf value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        case .number(let number): contains(.number) || contains(.integer) && number.isInteger
        }
    }

    /// "must be a whole number, text or null".
    static func rule(_ names: [String]) -> String {
        "must be \(Wording.list(names.compactMap { named[$0]?.phrase }))"
    }
}
