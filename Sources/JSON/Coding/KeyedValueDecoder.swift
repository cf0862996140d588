/// Reads the members of an object.
struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let path: CodingPlace
    var codingPath: [any CodingKey] { path.keys }
    var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { object.place(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        guard case .bool(let value) = try value(key) else { return try member(key).decode(type) }
        return value
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        guard case .string(let value) = try value(key) else { return try member(key).decode(type) }
        return value
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try member(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try member(PathKey.parent) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func value(_ key: any CodingKey) throws -> JSONValue {
        guard let value = object[key.stringValue] else {
            throw JSONDecodingError(
                pointer: path.pointer.appending(key.stringValue), message: "`\(key.stringValue)` is missing.")
        }
        return value
    }

    private func member(_ key: any CodingKey) throws -> ValueDecoder {
        ValueDecoder(value: try value(key), path: .child(path, key))
    }
}
