/// The `Decoder` that reads a JSON value.
struct ValueDecoder: Decoder {
    let value: JSONValue
    let path: CodingPlace
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch("an object") }
        return KeyedDecodingContainer(KeyedValueDecoder(object: object, path: path))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let items) = value else { throw mismatch("a list") }
        return UnkeyedValueDecoder(items: items, path: path)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func error(_ message: String) -> JSONDecodingError { JSONDecodingError(pointer: path.pointer, message: message) }

    func mismatch(_ wanted: String) -> JSONDecodingError { error("Expected \(wanted), got \(value.kindWithArticle).") }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = value else { throw mismatch("true or false") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let value) = value else { throw mismatch("a text") }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double { try floating() }
    func decode(_ type: Float.Type) throws -> Float { try floating() }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == JSONValue.self, let value = value as? T { return value }
        return try T(from: self)
    }

    private func integer<Integer: FixedWidthInteger>() throws -> Integer {
        guard case .number(let number) = value else { throw mismatch("a whole number") }
        if let value = number.int64.flatMap(Integer.init(exactly:)) { return value }
        if let value = number.uint64.flatMap(Integer.init(exactly:)) { return value }
        throw error(
            number.isInteger
                ? "Expected a whole number from \(Integer.min) to \(Integer.max)."
                : "Expected a whole number, got one with a fraction.")
    }

    /// The nearest value of the type; what is beyond its largest is refused.
    private func floating<Floating: BinaryFloatingPoint>() throws -> Floating {
        guard case .number(let number) = value else { throw mismatch("a number") }
        let value = Floating(number.double)
        guard value.isFinite else { throw error("The number is too large.") }
        return value
    }
}

extension JSONValue {
    /// What kind of value this is, for sentences.
    var kindWithArticle: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
