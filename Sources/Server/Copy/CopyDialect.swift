import JSON
import Storage

/// The SQL of a copy that is not the same in SQLite and PostgreSQL.
enum CopyDialect: Sendable {
    case sqlite
    case postgres

    init(_ location: DatabaseLocation) {
        self =
            switch location {
            case .sqlite: .sqlite
            case .postgres: .postgres
            }
    }

    /// At the beginning of each transaction, which may take long, and wait for the other database.
    func begin(_ tx: Transaction) throws {
        guard self == .postgres else { return }
        for setting in ["statement_timeout", "idle_in_transaction_session_timeout"] {
            try tx.execute("SET LOCAL \(setting) = 0")
        }
    }

    /// Keeps everybody else out of the tables until the end of the transaction.
    func lock(_ tables: [TableShape], in tx: Transaction) throws {
        // In SQLite there is one writer at a time.
        guard self == .postgres, !tables.isEmpty else { return }
        try tx.execute(
            "LOCK TABLE \(tables.map { Self.quoted($0.name) }.joined(separator: ", ")) IN ACCESS EXCLUSIVE MODE")
    }

    /// Every table there is, by the catalogue.
    func tables(in tx: Transaction) throws -> [TableShape] {
        try tx.rows(self == .sqlite ? Self.tablesOfSQLite : Self.tablesOfPostgres).map { row in
            let name = try row.string("name")
            let columns = try tx.rows(self == .sqlite ? Self.columnsOfSQLite : Self.columnsOfPostgres, name)
            let key = try columns.filter { try $0.int64("place_in_key") > 0 }.sorted {
                try $0.int64("place_in_key") < $1.int64("place_in_key")
            }
            let references = try tx.rows(self == .sqlite ? Self.referencesOfSQLite : Self.referencesOfPostgres, name)
            return TableShape(
                name: name,
                columns: try columns.map {
                    TableShape.Column(name: try $0.string("name"), type: try $0.string("type"))
                }.sorted { $0.name < $1.name },
                key: try key.map { try $0.string("name") },
                references: Set(try references.map { try $0.string("name") }),
                hasCounter: try row.bool("has_counter"))
        }
    }

    private static let tablesOfSQLite = """
        SELECT name, sql LIKE '%AUTOINCREMENT%' AS has_counter FROM sqlite_schema
        WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
        """

    private static let columnsOfSQLite = "SELECT name, type, pk AS place_in_key FROM pragma_table_info($1)"

    private static let referencesOfSQLite = "SELECT \"table\" AS name FROM pragma_foreign_key_list($1)"

    private static let tablesOfPostgres = """
        SELECT relname::TEXT AS name, EXISTS (
            SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = pg_class.oid AND attname = 'id' AND attidentity <> ''
        )::INT::BIGINT AS has_counter
        FROM pg_catalog.pg_class
        WHERE relnamespace = current_schema()::REGNAMESPACE AND relkind IN ('r', 'p') ORDER BY relname
        """

    private static let columnsOfPostgres = """
        SELECT attname::TEXT AS name, format_type(atttypid, atttypmod) AS type, COALESCE((
            SELECT place FROM pg_catalog.pg_index, unnest(indkey::INT2[]) WITH ORDINALITY AS part (number, place)
            WHERE indrelid = attrelid AND indisprimary AND number = attnum
        ), 0) AS place_in_key
        FROM pg_catalog.pg_attribute
        WHERE attrelid = (
            SELECT oid FROM pg_catalog.pg_class
            WHERE relname = $1 AND relnamespace = current_schema()::REGNAMESPACE AND relkind IN ('r', 'p')
        ) AND attnum > 0 AND NOT attisdropped
        """

    private static let referencesOfPostgres = """
        SELECT target.relname::TEXT AS name
        FROM pg_catalog.pg_constraint
        JOIN pg_catalog.pg_class AS source ON source.oid = conrelid
        JOIN pg_catalog.pg_class AS target ON target.oid = confrelid
        WHERE contype = 'f' AND source.relname = $1 AND source.relnamespace = current_schema()::REGNAMESPACE
        """

    /// About how many rows a table has, for those who wait.
    func estimate(of table: TableShape, in tx: Transaction) throws -> Int {
        if self == .postgres {
            let row = try tx.row(
                """
                SELECT reltuples::BIGINT AS count FROM pg_catalog.pg_class
                WHERE relname = $1 AND relnamespace = current_schema()::REGNAMESPACE
                """, table.name)
            // To count millions takes longer than one statement may. 0 and -1: nobody has looked yet.
            if let count = try row?.int("count"), count > 0 { return count }
        }
        return try tx.row("SELECT COUNT(*) AS count FROM \(Self.quoted(table.name))")?.int("count") ?? 0
    }

    /// The values of a table's columns, for SELECT.
    func selection(of table: TableShape) -> String {
        table.columns.map { column in
            // As bytes, so that a text that is no UTF-8 is found, and not mended on the way.
            self == .sqlite && column.isText
                ? "CAST(\(Self.quoted(column.name)) AS BLOB) AS \(Self.quoted(column.name))" : Self.quoted(column.name)
        }.joined(separator: ", ")
    }

    /// Puts rows with their ids into a table.
    func insert(_ rows: [[SQLValue]], into table: TableShape, _ tx: Transaction) throws {
        let columns = table.columns.map { Self.quoted($0.name) }.joined(separator: ", ")
        let into = "INSERT INTO \(Self.quoted(table.name)) (\(columns))"
        switch self {
        case .sqlite:
            let places = (1...table.columns.count).map { "$\($0)" }.joined(separator: ", ")
            for row in rows { _ = try tx.connection.run("\(into) VALUES (\(places))", row) }
        case .postgres:
            // All rows as one argument: a journey for many, and one statement whatever is NULL in them.
            let fields = table.columns.map { "\(Self.quoted($0.name)) \($0.isBytes ? "TEXT" : $0.type)" }
            let values = table.columns.map { column in
                column.isBytes ? "decode(\(Self.quoted(column.name)), 'hex')" : Self.quoted(column.name)
            }
            try tx.execute(
                """
                \(into) \(table.hasCounter ? "OVERRIDING SYSTEM VALUE" : "")
                SELECT \(values.joined(separator: ", "))
                FROM json_to_recordset($1::JSON) AS rows (\(fields.joined(separator: ", ")))
                """, JSONValue.array(rows.map { Self.json($0, table) }).text)
        }
    }

    private static func json(_ row: [SQLValue], _ table: TableShape) -> JSONValue {
        var object = JSONObject()
        for (column, value) in zip(table.columns, row) {
            object[column.name] =
                switch value {
                case .null: .null
                case .integer(let integer): .number(JSONNumber(integer))
                case .text(let text): .string(text)
                case .blob(let bytes): .string(hexadecimal(bytes))
                }
        }
        return .object(object)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The highest id that a table's counter has given out.
    func counter(of table: TableShape, in tx: Transaction) throws -> Int64? {
        guard table.hasCounter else { return nil }
        let counted: Int64? =
            switch self {
            case .sqlite:
                try tx.row("SELECT seq FROM sqlite_sequence WHERE name = $1", table.name)?.optionalInt64("seq")
            case .postgres:
                try tx.row(
                    "SELECT pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::REGCLASS) AS seq",
                    Self.quoted(table.name))?.optionalInt64("seq")
            }
        let highest = try tx.row("SELECT MAX(id) AS id FROM \(Self.quoted(table.name))")?.optionalInt64("id")
        return max(counted ?? 0, highest ?? 0)
    }

    /// Has the next id of a table be higher than `value`.
    func setCounter(of table: TableShape, to value: Int64, in tx: Transaction) throws {
        switch self {
        case .sqlite:
            try tx.execute("DELETE FROM sqlite_sequence WHERE name = $1", table.name)
            try tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", table.name, value)
        case .postgres:
            _ = try tx.row(
                "SELECT setval(pg_get_serial_sequence($1, 'id')::REGCLASS, GREATEST($2, 1), $2 > 0) AS seq",
                Self.quoted(table.name), value)
        }
    }

    /// How many servers are connected to the database, as far as it tells; an SQLite file does not.
    func servers(in tx: Transaction) throws -> Int {
        guard self == .postgres else { return 0 }
        let row = try tx.row(
            """
            SELECT COUNT(*) AS count FROM pg_catalog.pg_stat_activity
            WHERE datname = current_database() AND application_name = 'usher' AND pid <> pg_backend_pid()
            """)
        return try row?.int("count") ?? 0
    }

    /// A name in SQL.
    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}

extension TableShape.Column {
    fileprivate var isBytes: Bool { type.lowercased() == "bytea" }
}
