/// Writes the members of an object.
struct KeyedValueEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: EncodingBox
    let codingPath: [any CodingKey]

    private func member(_ key: any CodingKey) -> SingleValueEncoder {
        SingleValueEncoder(box: box.member(key), codingPath: codingPath + [key])
    }

    private func encoder(_ key: any CodingKey) -> ValueEncoder {
        ValueEncoder(box: box.member(key), codingPath: codingPath + [key])
    }

    func encodeNil(forKey key: Key) { box.member(key).set(.null) }
    func encode(_ value: Bool, forKey key: Key) { box.member(key).set(.bool(value)) }
    func encode(_ value: String, forKey key: Key) { box.member(key).set(.string(value)) }
    func encode(_ value: Double, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: Int8, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: Int16, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: Int32, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: Int64, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: UInt, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: UInt8, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: UInt16, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: UInt32, forKey key: Key) { box.member(key).set(integer: value) }
    func encode(_ value: UInt64, forKey key: Key) { box.member(key).set(integer: value) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
        -> KeyedEncodingContainer<Nested>
    {
        encoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder(PathKey.parent) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }
}
