#if PostgreSQL
    import CPostgres
    import Glibc

    /// How connections are opened, and what a session begins with.
    enum PostgresSettings {
        /// What libpq is told; the address itself (last: what comes later wins) may say otherwise.
        ///
        /// A machine that has gone without a word is noticed within eight seconds.
        private static let defaults = [
            ("fallback_application_name", "usher"),
            ("connect_timeout", "3"),
            ("keepalives_idle", "4"), ("keepalives_interval", "1"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "5000"),
            // Of several hosts the one that writes go to; a standby is no use before it has been promoted.
            ("target_session_attrs", "read-write"),
            ("client_encoding", "UTF8"),
        ]

        /// In milliseconds; for all sessions of a node, so that none holds up others for long, even when its node has
        /// died without a word.
        private static let limits = [
            ("lock_timeout", "5000"), ("statement_timeout", "15000"),
            ("idle_in_transaction_session_timeout", "10000"),
        ]

        /// Waits until there is a connection, or says in it why there is none.
        static func connect(_ address: PostgresAddress) -> OpaquePointer? {
            let words = defaults + [("dbname", address.uri)]
            return unsafe withCStrings(words.map(\.0)) { names in
                unsafe withCStrings(words.map(\.1)) { values in unsafe PQconnectdbParams(names, values, 1) }
            }
        }

        /// What each session or, behind a pgbouncer, each transaction begins with.
        ///
        /// What was answered is on disk, whatever the server's default is.
        static func preparation(isLocal: Bool) -> SQLStatement {
            let values = limits.map { "set_config('\($0.0)', '\($0.1)', \(isLocal)) AS \($0.0)" }
            return SQLStatement(
                """
                SELECT \(values.joined(separator: ", ")),
                    CASE WHEN current_setting('synchronous_commit') = 'off'
                        THEN set_config('synchronous_commit', 'on', \(isLocal)) END AS synchronous_commit
                """)
        }

        /// - Throws: ``StorageError/cannotOpen(_:)``
        static func checkEncoding(_ encoding: String) throws(StorageError) {
            guard encoding == "UTF8" else {
                throw .cannotOpen(
                    "The database's encoding is \(encoding), which cannot hold all names. Make one with "
                        + "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.")
            }
        }

        private static func withCStrings<Value>(
            _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
        ) -> Value {
            let copies = unsafe texts.map { unsafe strdup($0) }
            defer { unsafe copies.forEach { unsafe free($0) } }
            let pointers = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
#endif
