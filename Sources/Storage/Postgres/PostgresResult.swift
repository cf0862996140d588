#if PostgreSQL
    import CPostgres

    /// What the server said to one command; cleared when nobody has it any more.
    @safe final class PostgresResult {
        private let handle: OpaquePointer
        /// Why it is no result.
        let failure: PostgresFailure?

        init(_ handle: OpaquePointer, of connection: OpaquePointer) {
            unsafe self.handle = handle
            failure = unsafe Self.failure(handle, of: connection)
        }

        deinit { unsafe PQclear(handle) }

        var isSync: Bool { unsafe PQresultStatus(handle) == PGRES_PIPELINE_SYNC }

        /// What a COMMIT did: `COMMIT`, or `ROLLBACK` where the transaction had failed.
        var tag: String { unsafe String(cString: PQcmdStatus(handle)) }

        /// Rows that an INSERT, UPDATE or DELETE wrote; those that a SELECT returned are none of them.
        var modified: Int {
            guard !tag.hasPrefix("SELECT") else { return 0 }
            return Int(unsafe String(cString: PQcmdTuples(handle))) ?? 0
        }

        var columns: PostgresColumns {
            let count = unsafe PQnfields(handle)
            return PostgresColumns(
                names: ColumnNames((0..<count).map { unsafe String(cString: PQfname(handle, $0)) }),
                types: (0..<count).map { unsafe PQftype(handle, $0) })
        }

        /// - Throws: ``StorageError/unexpectedColumn(_:)`` for a type that has no ``SQLValue``.
        func rows(_ columns: PostgresColumns) throws(StorageError) -> [Row] {
            var rows: [Row] = []
            let count = unsafe PQntuples(handle)
            for row in 0..<count {
                var values: [SQLValue] = []
                values.reserveCapacity(columns.types.count)
                for (column, type) in columns.types.enumerated() {
                    guard let value = value(row, Int32(column), type) else {
                        throw .unexpectedColumn(columns.names.names[column])
                    }
                    values.append(value)
                }
                rows.append(Row(columns: columns.names, values: values))
            }
            return rows
        }

        private func value(_ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue? {
            if unsafe PQgetisnull(handle, row, column) == 1 { return .null }
            let count = unsafe Int(PQgetlength(handle, row, column))
            return unsafe PostgresType.value(
                of: UnsafeRawBufferPointer(start: PQgetvalue(handle, row, column), count: count), type)
        }

        private static func failure(_ handle: OpaquePointer, of connection: OpaquePointer) -> PostgresFailure? {
            let status = unsafe PQresultStatus(handle)
            switch status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_SYNC: return nil
            case PGRES_PIPELINE_ABORTED:
                return .refused(SQLState(code: "25P02"), message: "a statement before it has failed")
            default: break
            }
            let message = unsafe PostgresText.oneLine(
                PQresultErrorField(handle, PostgresText.primaryMessage) ?? PQresultErrorMessage(handle))
            guard let code = unsafe PQresultErrorField(handle, PostgresText.sqlState) else {
                return .lost("the connection to the database broke: \(message)")
            }
            let state = unsafe SQLState(code: String(cString: code))
            if state.endsConnection { return .lost("the database ended the connection: \(message)") }
            return .refused(state, message: message)
        }
    }

    /// The names of a result's columns and the numbers of their types.
    struct PostgresColumns {
        let names: ColumnNames
        let types: [Oid]
    }
#endif
