#if PostgreSQL
    import CPostgres

    /// How values travel: in PostgreSQL's binary form, in network byte order.
    enum PostgresType {
        static let boolean: Oid = 16
        static let bytes: Oid = 17
        static let int64: Oid = 20
        static let int16: Oid = 21
        static let int32: Oid = 23
        static let text: Oid = 25
        /// The server finds out by what stands beside it.
        static let unknown: Oid = 0

        private static let texts: Set<Oid> = [text, 18, 19, 705, 1042, 1043]  // char, name, unknown, bpchar, varchar

        /// The value; nil for a type that we do not store, such as a floating-point number.
        static func value(of bytes: UnsafeRawBufferPointer, _ type: Oid) -> SQLValue? {
            switch type {
            case int64: unsafe .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
            case int32: unsafe .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
            case int16: unsafe .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
            case boolean: unsafe .integer(bytes[0] == 0 ? 0 : 1)
            case Self.bytes: unsafe .blob(Array(bytes))
            case _ where texts.contains(type): unsafe .text(String(decoding: bytes, as: UTF8.self))
            default: nil
            }
        }

        /// The type of an argument.
        static func type(of value: SQLValue) -> Oid {
            switch value {
            case .null: unknown
            case .integer: int64
            case .text: text
            case .blob: bytes
            }
        }
    }
#endif
