/// Reads the items of an array, one after the other.
struct UnkeyedValueDecoder: UnkeyedDecodingContainer {
    let items: [JSONValue]
    let path: CodingPlace
    private(set) var currentIndex = 0

    init(items: [JSONValue], path: CodingPlace) {
        self.items = items
        self.path = path
    }

    var codingPath: [any CodingKey] { path.keys }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex == items.count }

    mutating func decodeNil() throws -> Bool {
        guard try peek().decodeNil() else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next { try $0.decode(type) } }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }

    private func peek() throws -> ValueDecoder {
        guard !isAtEnd else {
            throw JSONDecodingError(
                pointer: path.pointer, message: "Expected more than \(items.count) items in the list.")
        }
        return ValueDecoder(value: items[currentIndex], path: .child(path, PathKey(intValue: currentIndex)))
    }

    /// Goes on only if `read` succeeds, so that another type can be tried for the same item.
    private mutating func next<T>(_ read: (ValueDecoder) throws -> T) throws -> T {
        let result = try read(peek())
        currentIndex += 1
        return result
    }
}
