import GRDB
import GRDBSQLite

extension Statement {
    /// Binds by name: `$1` is a *named* parameter in SQLite, whose places are counted by first appearance, so that
    /// `SET name = $2 WHERE id = $1` bound by place would write to another row.
    func bind(_ arguments: [SQLValue]) throws {
        var highest = 0
        let count = unsafe sqlite3_bind_parameter_count(sqliteStatement)
        for place in 0..<count {
            guard let name = unsafe sqlite3_bind_parameter_name(sqliteStatement, place + 1),
                let number = unsafe Self.number(of: name), number >= 1
            else { throw StorageError.misuse("arguments are written $1, $2, …, in: \(sql)") }
            highest = max(highest, number)
            guard number <= arguments.count else { break }
            try bind(arguments[number - 1], at: place + 1)
        }
        guard highest == arguments.count else {
            throw StorageError.misuse("\(arguments.count) arguments for $1…$\(highest), in: \(sql)")
        }
    }

    /// The 12 of `$12`; nil for a name that is no number. By bytes, for every argument of every statement comes by here.
    private static func number(of name: UnsafePointer<CChar>) -> Int? {
        var number = 0
        var place = 1
        while true {
            let byte = unsafe UInt8(bitPattern: name[place])
            if byte == 0 { return place > 1 ? number : nil }
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, place <= 4 else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            place += 1
        }
    }

    private func bind(_ value: SQLValue, at place: Int32) throws {
        let code =
            switch value {
            case .null: unsafe sqlite3_bind_null(sqliteStatement, place)
            case .integer(let integer): unsafe sqlite3_bind_int64(sqliteStatement, place, integer)
            case .text(let text): bind(text, at: place)
            // A pointer of an empty array may be nil, which would bind NULL.
            case .blob(let bytes) where bytes.isEmpty: unsafe sqlite3_bind_zeroblob(sqliteStatement, place, 0)
            case .blob(let bytes):
                unsafe sqlite3_bind_blob64(sqliteStatement, place, bytes, UInt64(bytes.count), copied)
            }
        guard code == SQLITE_OK else { throw StorageError.misuse("an argument could not be bound (SQLite \(code))") }
    }

    private func bind(_ text: String, at place: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            // The pointer of an empty string may be nil too.
            guard !bytes.isEmpty, let start = unsafe UnsafeRawPointer(bytes.baseAddress) else {
                return unsafe sqlite3_bind_text(sqliteStatement, place, "", 0, copied)
            }
            return unsafe sqlite3_bind_text64(
                sqliteStatement, place, start.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), copied,
                UInt8(SQLITE_UTF8))
        }
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite takes a copy.
    private var copied: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
