/// Writes one value into a box.
struct SingleValueEncoder: SingleValueEncodingContainer {
    let box: EncodingBox
    let codingPath: [any CodingKey]

    func encodeNil() { box.set(.null) }
    func encode(_ value: Bool) { box.set(.bool(value)) }
    func encode(_ value: String) { box.set(.string(value)) }
    func encode(_ value: Double) throws { try box.set(floating: value, at: codingPath) }
    func encode(_ value: Float) throws { try box.set(floating: value, at: codingPath) }
    func encode(_ value: Int) { box.set(integer: value) }
    func encode(_ value: Int8) { box.set(integer: value) }
    func encode(_ value: Int16) { box.set(integer: value) }
    func encode(_ value: Int32) { box.set(integer: value) }
    func encode(_ value: Int64) { box.set(integer: value) }
    func encode(_ value: UInt) { box.set(integer: value) }
    func encode(_ value: UInt8) { box.set(integer: value) }
    func encode(_ value: UInt16) { box.set(integer: value) }
    func encode(_ value: UInt32) { box.set(integer: value) }
    func encode(_ value: UInt64) { box.set(integer: value) }
    func encode<T: Encodable>(_ value: T) throws { try box.encode(value, at: codingPath) }
}
