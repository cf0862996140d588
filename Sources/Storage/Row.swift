/// One row that a statement returned, read by the names of its columns.
///
/// Reading the columns in the order in which the statement names them costs one comparison each.
public struct Row: Sendable {
    private let columns: ColumnNames
    private let values: [SQLValue]

    package init(columns: ColumnNames, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package init(columns: [String], values: [SQLValue]) {
        self.init(columns: ColumnNames(columns), values: values)
    }

    /// The value of a column.
    ///
    /// - Throws: ``StorageError/unexpectedColumn(_:)`` when the statement returned no such column.
    public func value(_ column: String) throws -> SQLValue {
        guard let index = columns.index(of: column) else { throw StorageError.unexpectedColumn(column) }
        return values[index]
    }

    public func int64(_ column: String) throws -> Int64 {
        try optionalInt64(column).orUnexpected(column)
    }

    public func optionalInt64(_ column: String) throws -> Int64? {
        switch try value(column) {
        case .null: nil
        case .integer(let integer): integer
        default: throw StorageError.unexpectedColumn(column)
        }
    }

    public func int(_ column: String) throws -> Int {
        Int(try int64(column))
    }

    public func optionalInt(_ column: String) throws -> Int? {
        try optionalInt64(column).map(Int.init)
    }

    public func bool(_ column: String) throws -> Bool {
        try int64(column) != 0
    }

    public func string(_ column: String) throws -> String {
        try optionalString(column).orUnexpected(column)
    }

    public func optionalString(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: throw StorageError.unexpectedColumn(column)
        }
    }

    public func bytes(_ column: String) throws -> [UInt8] {
        try optionalBytes(column).orUnexpected(column)
    }

    public func optionalBytes(_ column: String) throws -> [UInt8]? {
        switch try value(column) {
        case .null: nil
        case .blob(let bytes): bytes
        default: throw StorageError.unexpectedColumn(column)
        }
    }

    public func timestamp(_ column: String) throws -> Timestamp {
        Timestamp(milliseconds: try int64(column))
    }

    public func optionalTimestamp(_ column: String) throws -> Timestamp? {
        try optionalInt64(column).map(Timestamp.init(milliseconds:))
    }

    public func id<Record>(_ column: String, of record: Record.Type = Record.self) throws -> RowID<Record> {
        RowID(rawValue: try int64(column))
    }

    public func optionalID<Record>(_ column: String, of record: Record.Type = Record.self) throws -> RowID<Record>? {
        try optionalInt64(column).map(RowID.init(rawValue:))
    }
}

extension Optional {
    /// The value, or an error that names the column that holds something unknown.
    package func orUnexpected(_ column: String) throws -> Wrapped {
        guard let self else { throw StorageError.unexpectedColumn(column) }
        return self
    }
}
