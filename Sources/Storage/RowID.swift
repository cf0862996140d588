/// The id of a record of one kind: a positive integer that is never used again.
public struct RowID<Record>: RawRepresentable, Sendable, Hashable, Comparable, SQLConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public var sqlValue: SQLValue { .integer(rawValue) }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RowID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

extension RowID: Codable {
    /// Reads an integer, or the same in decimal digits: schemas allow that for shops that can send only text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            rawValue = number
        } else if let number = Int64(try container.decode(String.self)) {
            rawValue = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
