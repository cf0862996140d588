/// A JSON number, exact however long it is.
///
/// Whole numbers within 64 bits are kept as such, anything else as its decimal text. Equality, order and hash are those
/// of mathematics: `1`, `1.0` and `1e0` are equal. No operation takes time or memory by the size of an exponent.
public struct JSONNumber: Sendable {
    @usableFromInline
    enum Storage: Sendable {
        case signed(Int64)
        /// Beyond `Int64.max` only.
        case unsigned(UInt64)
        /// A number by the grammar of RFC 8259 section 6, its exponent within ``maximumExponent``.
        case decimal(String)
    }

    /// The largest exponent that is read, of either sign: larger ones mean nothing, and these fit 64 bits.
    static let maximumExponent = 1_000_000_000_000_000

    @usableFromInline
    let storage: Storage

    init(storage: Storage) { self.storage = storage }

    /// A whole number.
    public init(_ value: Int64) { storage = .signed(value) }

    /// A whole number.
    public init(_ value: Int) { storage = .signed(Int64(value)) }

    /// A whole number.
    public init(_ value: UInt64) {
        storage = Int64(exactly: value).map(Storage.signed) ?? .unsigned(value)
    }

    /// The shortest decimal that reads back as `value`, which must be finite: JSON has no infinity and no NaN.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no number for \(value)")
        if let whole = Int64(exactly: value), value != 0 || value.sign == .plus {
            storage = .signed(whole)
        } else {
            storage = .decimal(value.description)
        }
    }

    /// Reads a number by the grammar of JSON; nil for anything else.
    public init?(_ text: String) {
        guard let value = try? JSONValue(parsing: text), case .number(let number) = value, number.text == text else {
            return nil
        }
        self = number
    }

    /// The number in JSON, as it was read.
    public var text: String {
        switch storage {
        case .signed(let value): String(value)
        case .unsigned(let value): String(value)
        case .decimal(let text): text
        }
    }
}

extension JSONNumber: CustomStringConvertible {
    public var description: String { text }
}
