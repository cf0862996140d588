import Cryptography
import Storage

/// How many rows a table has, and a checksum over all values in them, in whatever order they are read.
struct TableDigest: Sendable, Equatable {
    private(set) var count = 0
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    /// Takes a row in, its values in the order of the table's shape.
    mutating func add(_ row: [SQLValue]) {
        let hash = SHA256.hash(row.reduce(into: []) { bytes, value in Self.append(value, to: &bytes) }).bytes
        count += 1
        // A sum, because two databases need not agree on the order of texts.
        high &+= Self.number(hash[0..<8])
        low &+= Self.number(hash[8..<16])
    }

    /// Each value says what it is and how long, so that no two rows are the same bytes.
    private static func append(_ value: SQLValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(0)
        case .integer(let integer): append(1, integer, to: &bytes)
        case .text(let text):
            append(2, Int64(text.utf8.count), to: &bytes)
            bytes.append(contentsOf: text.utf8)
        case .blob(let blob):
            append(3, Int64(blob.count), to: &bytes)
            bytes.append(contentsOf: blob)
        }
    }

    private static func append(_ kind: UInt8, _ number: Int64, to bytes: inout [UInt8]) {
        bytes.append(kind)
        for place in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> place)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

/// All that is compared of a table.
struct TableState: Sendable, Equatable {
    var digest: TableDigest
    /// The highest id that was given out; nil where ids come from no counter.
    var counter: Int64?
}
