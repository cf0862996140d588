/// What PostgreSQL said was wrong, by its code of five characters (PostgreSQL 15 manual, appendix A).
struct SQLState: Sendable, Hashable {
    let code: String

    private var group: Substring { code.prefix(2) }

    /// Two transactions stood in each other's way, and this one gave way: it may run again.
    var isConflict: Bool { code == "40001" || code == "40P01" }

    /// The server ended the connection, and the transaction with it: shut down, crashed, or a node slept too long.
    var endsConnection: Bool { group == "57" && code != "57014" || group == "08" && code != "08P01" || code == "25P03" }

    /// A standby, or a primary that has become one: another connection may lead to the primary.
    var isReadOnly: Bool { code == "25006" }

    /// A statement that was prepared before a migration by another node (its result has other columns now), or that
    /// somebody in between has dropped.
    var isStalePlan: Bool { code == "0A000" || code == "26000" || code == "42P05" }

    /// What it means to callers.
    ///
    /// PostgreSQL's message names tables, columns and constraints. What it says of wrong data quotes them, and is left out.
    func storageError(_ message: String, isReading: Bool) -> StorageError {
        switch group {
        case "23": .constraint(message)
        case "25" where isReading && isReadOnly: .misuse("a read may not write")
        case "22": .misuse("wrong data (PostgreSQL \(code))")
        case "0A", "21", "26", "2F", "34", "38", "39", "42", "44": .misuse(message)
        case "08" where code == "08P01": .misuse(message)
        case "XX" where code != "XX000": .damaged("\(message), PostgreSQL \(code)")
        default: .unavailable("\(message) (PostgreSQL \(code))")
        }
    }
}
