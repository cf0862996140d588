#if PostgreSQL
    import CPostgres

    /// A statement that the server keeps compiled for this connection.
    final class PreparedStatement {
        let name: String
        /// Of its latest result, to be shared by rows.
        private var columns: PostgresColumns?

        init(name: String) {
            self.name = name
        }

        /// The columns of a result, which are the same each time.
        func columns(of result: PostgresResult) -> PostgresColumns {
            if let columns { return columns }
            let found = result.columns
            columns = found
            return found
        }
    }

    /// The statements that the server keeps compiled for this connection.
    ///
    /// One for each text and types of arguments: NULL has none, so a statement with a NULL is another one.
    struct PreparedStatements {
        private struct Key: Hashable {
            let sql: String
            let types: [Oid]
        }

        private var statements: [Key: PreparedStatement] = [:]
        private var count = 0

        /// A server keeps a plan of some kilobytes for each, in each connection.
        var areTooMany: Bool { statements.count > 500 }

        /// The statement, and whether the server has yet to be told of it.
        mutating func statement(for request: SQLStatement, types: [Oid]) -> (PreparedStatement, isNew: Bool) {
            let key = Key(sql: request.sql, types: types)
            if let known = statements[key] { return (known, false) }
            count += 1
            let statement = PreparedStatement(name: "u\(count)")
            statements[key] = statement
            return (statement, true)
        }

        /// The server has not taken it.
        mutating func forget(_ statement: PreparedStatement) {
            statements = statements.filter { $0.value !== statement }
        }
    }
#endif
