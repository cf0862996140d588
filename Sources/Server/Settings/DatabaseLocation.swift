/// Where the data is kept.
package enum DatabaseLocation: Sendable, Equatable {
    /// An SQLite file, by its absolute path.
    case sqlite(path: String)

    /// Reads `sqlite:usher.db`, `sqlite:/srv/usher/usher.db` or `sqlite:///srv/usher/usher.db`.
    init(parsing text: String, in directory: WorkingDirectory) throws(WrongValue) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard !["postgres", "postgresql"].contains(scheme) else {
            throw WrongValue(
                "is the address of a PostgreSQL database, and this build of Usher has no PostgreSQL yet. Write sqlite:<path>."
            )
        }
        guard scheme == "sqlite" else { throw WrongValue("is not a database address. Write sqlite:<path>.") }
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
}
