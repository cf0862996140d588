/// Writes the items of an array.
struct UnkeyedValueEncoder: UnkeyedEncodingContainer {
    let box: EncodingBox
    let codingPath: [any CodingKey]
    var count: Int { box.count }

    private var next: SingleValueEncoder {
        let path = codingPath + [PathKey(intValue: count)]
        return SingleValueEncoder(box: box.append(), codingPath: path)
    }

    private var nextEncoder: ValueEncoder {
        let path = codingPath + [PathKey(intValue: count)]
        return ValueEncoder(box: box.append(), codingPath: path)
    }

    func encodeNil() { box.append().set(.null) }
    func encode(_ value: Bool) { box.append().set(.bool(value)) }
    func encode(_ value: String) { box.append().set(.string(value)) }
    func encode(_ value: Double) throws { try next.encode(value) }
    func encode(_ value: Float) throws { try next.encode(value) }
    func encode(_ value: Int) { box.append().set(integer: value) }
    func encode(_ value: Int8) { box.append().set(integer: value) }
    func encode(_ value: Int16) { box.append().set(integer: value) }
    func encode(_ value: Int32) { box.append().set(integer: value) }
    func encode(_ value: Int64) { box.append().set(integer: value) }
    func encode(_ value: UInt) { box.append().set(integer: value) }
    func encode(_ value: UInt8) { box.append().set(integer: value) }
    func encode(_ value: UInt16) { box.append().set(integer: value) }
    func encode(_ value: UInt32) { box.append().set(integer: value) }
    func encode(_ value: UInt64) { box.append().set(integer: value) }
    func encode<T: Encodable>(_ value: T) throws { try next.encode(value) }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        nextEncoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nextEncoder.unkeyedContainer() }

    func superEncoder() -> any Encoder { nextEncoder }
}
