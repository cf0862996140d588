/// Where a PostgreSQL database is: `postgres://user:password@host:port/name?sslmode=…`, as libpq reads it.
///
/// Several hosts (`host1:5432,host2:5432`) and sockets (`?host=/run/postgresql`) are libpq's too (PostgreSQL 15 manual,
/// 34.1.1.2). One option is ours: `pgbouncer=transaction`.
package struct PostgresAddress: Sendable, Equatable {
    /// For libpq. Holds the password.
    let uri: String

    /// Whether a pgbouncer in between gives each transaction another connection, so that nothing lasts longer than one.
    package let isPooledByTransaction: Bool

    /// - Throws: ``StorageError/cannotOpen(_:)``; the reason quotes nothing of the address.
    package init(parsing text: String) throws(StorageError) {
        guard let scheme = Self.schemes.first(where: text.hasPrefix) else {
            throw .cannotOpen("the address has to begin with postgres://")
        }
        var options = Self.query(of: text)
        let pooling = options.filter { $0.hasPrefix("pgbouncer=") }
        guard pooling.allSatisfy({ $0 == "pgbouncer=transaction" }) else {
            throw .cannotOpen("the option pgbouncer of the address can only be `transaction`")
        }
        isPooledByTransaction = !pooling.isEmpty
        options.removeAll { $0.hasPrefix("pgbouncer=") }
        let place = text.dropFirst(scheme.count).prefix { $0 != "?" }
        uri = scheme + place + (options.isEmpty ? "" : "?" + options.joined(separator: "&"))
        #if PostgreSQL
            try check()
        #endif
    }

    private static let schemes = ["postgres://", "postgresql://"]

    private static func query(of text: String) -> [String] {
        guard let mark = text.firstIndex(of: "?") else { return [] }
        return text[text.index(after: mark)...].split(separator: "&").map(String.init)
    }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address without its passwords.
    package var description: String {
        let scheme = uri.hasPrefix("postgres://") ? "postgres://" : "postgresql://"
        let place = uri.dropFirst(scheme.count).prefix { $0 != "?" }
        let options = Self.query(of: uri).map { option in
            let name = option.prefix { $0 != "=" }
            return name.lowercased().contains("pass") ? "\(name)=[redacted]" : option
        }
        return scheme + Self.withoutPassword(place) + (options.isEmpty ? "" : "?" + options.joined(separator: "&"))
    }

    package var debugDescription: String { description }

    /// libpq takes what is before the first `@` for user and password.
    private static func withoutPassword(_ place: Substring) -> String {
        guard let at = place.firstIndex(of: "@"), let colon = place[..<at].firstIndex(of: ":") else {
            return String(place)
        }
        return place[..<colon] + ":[redacted]" + place[at...]
    }
}
