/// What can go wrong in a database, as far as callers must tell the cases apart.
public enum StorageError: Error, Sendable, Hashable {
    /// The database cannot write or read now: full, locked, gone, or stopped. Nothing of this transaction remains.
    case unavailable(String)
    /// The disk failed at the very moment of the commit: this transaction is in the database, or it is not, and nobody knows
    /// until the database has been opened anew.
    case outcomeUnknown(String)
    /// The file holds what no database can hold. It has to be replaced by a back-up.
    case damaged(String)
    /// A rule of the schema was broken (unique, foreign key, check). A bug of ours: expected conflicts are `ON CONFLICT`.
    case constraint(String)
    /// The statement is wrong, or its transaction is over. A bug of ours.
    case misuse(String)
    /// A row lacks the column, or its value has another type.
    case unexpectedColumn(String)
    /// The database was written by a newer version: it knows this migration, and we do not.
    case newerSchema(String)
    /// The file or its folder cannot be opened; the text says what and how to mend it.
    case cannotOpen(String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let reason): "The database is not available: \(reason)"
        case .outcomeUnknown(let reason): "It is not known whether this was written: \(reason)"
        case .damaged(let reason):
            "The database is damaged (\(reason)). Stop the server, and restore a back-up with `usher restore`."
        case .constraint(let reason): "A rule of the schema was broken: \(reason)"
        case .misuse(let reason): "Wrong use of the database: \(reason)"
        case .unexpectedColumn(let column): "Column `\(column)` is missing or of another type than expected"
        case .newerSchema(let migration):
            "The database was written by a newer version of Usher (it has the migration `\(migration)`). "
                + "Start that version, or restore a back-up made before the upgrade."
        case .cannotOpen(let reason): "The database cannot be opened: \(reason)"
        }
    }
}
