extension Timestamp: Codable {
    /// Reads the one form that ``encode(to:)`` writes; what people type is read by ``init(lenient:)-(String)``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let timestamp = try? Timestamp(lenient: text), timestamp.description == text else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a time like 2027-01-01T00:00:00.000Z")
        }
        self = timestamp
    }

    /// Writes RFC 3339 in UTC with milliseconds: `2027-01-01T00:00:00.000Z`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
