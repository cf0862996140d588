extension JSONValue {
    /// Encodes `value` straight into a JSON value.
    ///
    /// - Throws: `EncodingError` for a number that JSON does not have (infinite or NaN), and what `value` itself throws.
    public init(encoding value: some Encodable) throws {
        if let value = value as? any JSONRepresentable {
            self = value.json
            return
        }
        let box = EncodingBox()
        try box.encode(value, at: [])
        self = box.value
    }

    /// Reads this value as a `Decodable` type. Nothing is converted: a text is no number, and a number must fit exactly.
    ///
    /// - Throws: ``JSONDecodingError`` with the place, and what the type itself throws (a `DecodingError` of the type's
    ///   becomes a ``JSONDecodingError`` too).
    public func decode<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            return try ValueDecoder(value: self, path: .root).decode(type)
        } catch let error as DecodingError {
            throw JSONDecodingError(error)
        }
    }
}

extension JSONDecodingError {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .dataCorrupted(let context), .valueNotFound(_, let context), .typeMismatch(_, let context):
            self.init(pointer: JSONPointer(context.codingPath), message: context.debugDescription)
        case .keyNotFound(let key, let context):
            self.init(pointer: JSONPointer(context.codingPath + [key]), message: "`\(key.stringValue)` is missing.")
        @unknown default:
            self.init(pointer: .root, message: "The value could not be read.")
        }
    }
}
