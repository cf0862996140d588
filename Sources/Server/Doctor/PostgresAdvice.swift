import Storage

/// What to do about a PostgreSQL server that cannot be used.
enum PostgresAdvice {
    /// Words of libpq and of the server (in English), and what helps.
    private static let known: [(words: String, advice: String)] = [
        ("could not translate host name", "There is no such host: correct its name in USHER_DATABASE_URL."),
        (
            "Connection refused",
            "Nothing listens there: start PostgreSQL, correct host and port, or let it listen there (`listen_addresses`)."
        ),
        ("No such file or directory", "There is no socket in that folder: start PostgreSQL, or correct the folder."),
        ("timeout expired", "Nothing answers there in time: look at host, port, and firewalls in between."),
        ("No route to host", "There is no way to that host: look at its address, and at firewalls in between."),
        (
            "password authentication failed",
            "Correct user and password (percent-encoded) in USHER_DATABASE_URL, or set the password: "
                + "`ALTER ROLE usher PASSWORD '…'`."
        ),
        ("no password supplied", "The server wants a password: give it in USHER_DATABASE_URL."),
        (
            "Peer authentication failed",
            "Over its socket this server lets in only the system user of the same name: run Usher as that one, or use "
                + "`127.0.0.1` and a password."
        ),
        (
            "no pg_hba.conf entry",
            "The server does not let this machine in: add a line to its pg_hba.conf, and reload it."
        ),
        ("permission denied for database", "Let the role in: `ALTER DATABASE usher OWNER TO usher`."),
        ("role \"", "Make the role on the server: `CREATE ROLE usher LOGIN PASSWORD '…'`."),
        ("database \"", "Make the database on the server: `CREATE DATABASE usher OWNER usher ENCODING 'UTF8'`."),
        (
            "does not support SSL",
            "The server has no TLS: switch it on (`ssl = on`), or write `?sslmode=disable` where nobody listens in between."
        ),
        (
            "certificate verify failed",
            "The server's certificate is of no authority that is trusted: name it with `&sslrootcert=FILE`."
        ),
        ("root certificate file", "Name the file with the authority's certificate with `&sslrootcert=FILE`."),
        ("server certificate for", "The certificate is for another name: use the name that is in it."),
        (
            "session is read-only",
            "No server takes writes: it is a standby, and `target_session_attrs=read-write` asks for the primary."
        ),
        ("too many clients", "All connections of the server are taken: raise `max_connections`, or use pgbouncer."),
        (
            "remaining connection slots",
            "All connections of the server are taken: raise `max_connections`, or use pgbouncer."
        ),
        ("permission denied for schema", "Let the role make tables: `ALTER DATABASE usher OWNER TO usher`."),
        ("starting up", "The server is starting. Try again in a moment."),
    ]

    /// What helps against an error with this text; nil when nothing is known.
    static func advice(for text: String) -> String? { known.first { text.contains($0.words) }?.advice }

    /// The error with what helps, if it is one of a PostgreSQL server.
    static func explained(_ error: any Error, _ location: DatabaseLocation) -> any Error {
        guard case .postgres(let address) = location, let error = error as? StorageError else { return error }
        switch error {
        case .unavailable(let reason), .cannotOpen(let reason), .misuse(let reason):
            let said = reason.replacing("\n", with: " ").replacing("\t", with: " ")
            let advice = advice(for: reason).map { " " + $0 } ?? ""
            return CannotStart(
                "The database \(address) cannot be used: \(said)\(said.hasSuffix(".") ? "" : ".")\(advice)")
        default: return error
        }
    }
}
