import Storage

/// Reads a table in pages, each beginning after the last row of the one before.
struct CopyPages {
    static let size = 500

    let table: TableShape
    let dialect: CopyDialect
    let tx: Transaction

    /// Calls `body` with the rows of each page; the values are in the order of the table's columns.
    func forEach(_ body: ([[SQLValue]]) throws -> Void) throws {
        var last: [SQLValue]?
        while true {
            let rows = try page(after: last)
            let values = try rows.map { row in try table.columns.map { try value($0, of: row) } }
            if !values.isEmpty { try body(values) }
            // A table without a key is read at once.
            guard !table.key.isEmpty, rows.count == Self.size, let end = rows.last else { return }
            last = try table.key.map { key in
                try table.columns.first { $0.name == key }.map { try value($0, of: end) } ?? .null
            }
        }
    }

    private func page(after last: [SQLValue]?) throws -> [Row] {
        var sql = "SELECT \(dialect.selection(of: table)) FROM \(CopyDialect.quoted(table.name)) AS t"
        guard !table.key.isEmpty else { return try tx.connection.run(sql, []).rows }
        // By the table's own column: the selected one of its name may be bytes.
        let key = table.key.map { "t." + CopyDialect.quoted($0) }.joined(separator: ", ")
        if let last {
            let places = (1...last.count).map { "$\($0)" }.joined(separator: ", ")
            sql += last.count == 1 ? " WHERE \(key) > $1" : " WHERE (\(key)) > (\(places))"
        }
        sql += " ORDER BY \(key) LIMIT \(Self.size)"
        return try tx.connection.run(sql, last ?? []).rows
    }

    private func value(_ column: TableShape.Column, of row: Row) throws -> SQLValue {
        let value = try row.value(column.name)
        guard column.isText, case .blob(let bytes) = value else { return value }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let key = try table.key.map { "\($0) \(Self.shown(try row.value($0)))" }.joined(separator: ", ")
            throw CannotStart(
                "`\(column.name)` of the table `\(table.name)` (\(key)) is no text in UTF-8. Correct it first.")
        }
        return .text(text)
    }

    static func shown(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .text(let text): text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
