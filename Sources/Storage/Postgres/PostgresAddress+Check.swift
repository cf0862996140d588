#if PostgreSQL
    import CPostgres

    extension PostgresAddress {
        /// Sees whether libpq can read the address, before it says in its own words, which quote all of it, that it cannot.
        ///
        /// - Throws: ``StorageError/cannotOpen(_:)``; the reason quotes nothing of the address.
        func check() throws(StorageError) {
            var message = unsafe UnsafeMutablePointer<CChar>?.none
            let options = unsafe PQconninfoParse(uri, &message)
            defer {
                unsafe PQconninfoFree(options)
                unsafe PQfreemem(message)
            }
            guard let options = unsafe options else {
                let text = unsafe message.map { unsafe String(cString: $0) } ?? ""
                throw .cannotOpen(text.hasPrefix("invalid URI query parameter") ? Self.unknownOption : Self.advice)
            }
            // What libpq takes for host or port is a part of the password when that has an `@` or a `/` in it.
            let ports = unsafe Self.value(of: "port", in: options).split(separator: ",")
            guard unsafe !Self.value(of: "host", in: options).contains("@"),
                ports.allSatisfy({ UInt16($0).map { $0 > 0 } ?? false })
            else { throw .cannotOpen(Self.advice) }
        }

        private static let advice =
            "it cannot be read. Write it like postgres://user:password@host:5432/name, with `@ : / ? # % [ ]` in user and "
            + "password percent-encoded."

        private static let unknownOption =
            "it has an option after the `?` that PostgreSQL does not know, or a `?` in user or password that is not "
            + "percent-encoded."

        private static func value(of name: String, in options: UnsafeMutablePointer<PQconninfoOption>) -> String {
            var option = unsafe options
            while let keyword = unsafe option.pointee.keyword {
                if unsafe String(cString: keyword) == name {
                    return unsafe option.pointee.val.map { unsafe String(cString: $0) } ?? ""
                }
                unsafe option += 1
            }
            return ""
        }
    }
#endif
