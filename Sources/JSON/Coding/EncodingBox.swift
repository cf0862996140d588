/// Where one value is put together while it is encoded; shared by the containers that write it.
final class EncodingBox {
    private enum Content {
        case nothing
        case value(JSONValue)
        case array([EncodingBox])
        case object([(key: String, box: EncodingBox)])
    }

    private var content = Content.nothing

    /// The finished value; what encodes nothing becomes an empty object, as is usual.
    var value: JSONValue {
        switch content {
        case .nothing: .object([:])
        case .value(let value): value
        case .array(let boxes): .array(boxes.map(\.value))
        case .object(let members): .object(JSONObject(members.lazy.map { ($0.key, $0.box.value) }))
        }
    }

    var count: Int {
        guard case .array(let boxes) = content else { return 0 }
        return boxes.count
    }

    func set(_ value: JSONValue) { content = .value(value) }

    /// Makes this an array, unless it is one already.
    func becomeArray() {
        if case .array = content { return }
        content = .array([])
    }

    /// Makes this an object, unless it is one already.
    func becomeObject() {
        if case .object = content { return }
        content = .object([])
    }

    func append() -> EncodingBox {
        let box = EncodingBox()
        if case .array(var boxes) = content {
            content = .nothing
            boxes.append(box)
            content = .array(boxes)
        }
        return box
    }

    func member(_ key: any CodingKey) -> EncodingBox {
        let box = EncodingBox()
        if case .object(var members) = content {
            content = .nothing
            members.append((key.stringValue, box))
            content = .object(members)
        }
        return box
    }

    func encode(_ value: some Encodable, at path: [any CodingKey]) throws {
        if let value = value as? JSONValue {
            set(value)
        } else if let value = value as? any JSONRepresentable {
            set(value.json)
        } else {
            try value.encode(to: ValueEncoder(box: self, codingPath: path))
        }
    }

    func set(floating value: some BinaryFloatingPoint, at path: [any CodingKey]) throws {
        guard value.isFinite else {
            let description = "JSON has no number for \(value)."
            throw EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: description))
        }
        set(.number(JSONNumber(Double(value))))
    }

    func set(integer value: some FixedWidthInteger) {
        if let value = Int64(exactly: value) {
            set(.number(JSONNumber(value)))
        } else if let number = JSONNumber(String(value)) {
            set(.number(number))
        }
    }
}
