#if PostgreSQL
    import CPostgres

    /// Texts that libpq gives.
    enum PostgresText {
        /// Fields of an error (`PG_DIAG_…`, macros that Swift does not import).
        static let sqlState = Int32(UInt8(ascii: "C"))
        static let primaryMessage = Int32(UInt8(ascii: "M"))

        /// A message on one line, without the line breaks and tabs that libpq puts between its parts.
        static func oneLine(_ text: UnsafePointer<CChar>?) -> String {
            guard let text = unsafe text else { return "no reason given" }
            let words = unsafe String(cString: text).split { $0.isWhitespace }
            return words.isEmpty ? "no reason given" : words.joined(separator: " ")
        }
    }
#endif
