package import Storage

/// Where the data is kept.
package enum DatabaseLocation: Sendable, Equatable {
    /// An SQLite file, by its absolute path.
    case sqlite(path: String)
    /// A PostgreSQL server, or several of which one takes writes.
    case postgres(PostgresAddress)

    /// Why a build without PostgreSQL cannot use an address of it; goes on after the address.
    static let needsPostgreSQL =
        "is the address of a PostgreSQL database, and this build of Usher has no PostgreSQL in it. Build it with "
        + "`swift build --traits PostgreSQL` (it needs libpq-dev), or write sqlite:<path>."

    /// Reads `sqlite:usher.db`, `sqlite:/srv/usher/usher.db` or `sqlite:///srv/usher/usher.db`.
    init(parsing text: String, in directory: WorkingDirectory) throws(WrongValue) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard !["postgres", "postgresql"].contains(scheme) else {
            self = try Self.postgres(text)
            return
        }
        guard scheme == "sqlite" else {
            throw WrongValue("is not a database address. Write sqlite:<path>, or postgres://user:password@host/name.")
        }
        var path = text.dropFirst("sqlite:".count)
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            guard path.hasPrefix("/") else {
                throw WrongValue("has two slashes, where one or three are right. Write sqlite:<path>.")
            }
        }
        guard !path.isEmpty, !path.hasPrefix(":"), !path.contains("?"), !path.hasSuffix("/") else {
            throw WrongValue("does not name a file. Write sqlite:<path>, without options.")
        }
        self = .sqlite(path: directory.resolve(String(path)))
    }

    private static func postgres(_ text: String) throws(WrongValue) -> DatabaseLocation {
        #if PostgreSQL
            do {
                return .postgres(try PostgresAddress(parsing: text))
            } catch {
                throw WrongValue("is not the address of a PostgreSQL database: \(error.reason)")
            }
        #else
            throw WrongValue(needsPostgreSQL)
        #endif
    }
}

extension DatabaseLocation: CustomStringConvertible {
    /// As it is written in settings, without a password.
    package var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let address): "\(address)"
        }
    }
}

extension StorageError {
    /// Its cause alone, for a sentence that says the rest.
    fileprivate var reason: String {
        switch self {
        case .cannotOpen(let reason), .unavailable(let reason), .misuse(let reason): reason
        default: description
        }
    }
}
