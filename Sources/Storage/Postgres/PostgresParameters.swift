#if PostgreSQL
    import CPostgres

    /// The arguments of one statement as libpq takes them: all in binary form, one after the other in one buffer.
    struct PostgresParameters {
        let types: [Oid]
        private var buffer: [UInt8] = []
        /// Where each begins in the buffer; nil for NULL.
        private var starts: [Int?] = []
        private var lengths: [Int32] = []

        init(_ values: [SQLValue]) {
            types = values.map(PostgresType.type)
            for value in values {
                let start = buffer.count
                switch value {
                case .null: break
                case .integer(let integer):
                    unsafe withUnsafeBytes(of: integer.bigEndian) { unsafe buffer.append(contentsOf: $0) }
                case .text(let text): buffer.append(contentsOf: text.utf8)
                case .blob(let bytes): buffer.append(contentsOf: bytes)
                }
                starts.append(value == .null ? nil : start)
                lengths.append(Int32(buffer.count - start))
            }
            // An empty buffer has no address, and no address is NULL.
            buffer.append(0)
        }

        private static let binary: Int32 = 1

        /// Queues the compiling of a statement with arguments of these types.
        func sendPrepare(_ name: String, _ sql: String, over connection: OpaquePointer) -> Int32 {
            unsafe PQsendPrepare(connection, name, sql, Int32(types.count), types)
        }

        /// Queues the run of a compiled statement.
        func send(_ name: String, over connection: OpaquePointer) -> Int32 {
            unsafe withValues { values, formats in
                unsafe PQsendQueryPrepared(
                    connection, name, Int32(types.count), values, lengths, formats, Self.binary)
            }
        }

        /// Queues the run of a statement that nobody keeps.
        func sendUnnamed(_ sql: String, over connection: OpaquePointer) -> Int32 {
            unsafe withValues { values, formats in
                unsafe PQsendQueryParams(
                    connection, sql, Int32(types.count), types, values, lengths, formats, Self.binary)
            }
        }

        private func withValues(
            _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?) -> Int32
        ) -> Int32 {
            let formats = Array(repeating: Self.binary, count: types.count)
            return unsafe buffer.withUnsafeBytes { bytes in
                let base = unsafe bytes.bindMemory(to: CChar.self).baseAddress
                let values = unsafe starts.map { start in unsafe start.flatMap { unsafe base?.advanced(by: $0) } }
                return unsafe values.withUnsafeBufferPointer { values in
                    unsafe formats.withUnsafeBufferPointer { formats in
                        unsafe body(values.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
#endif
