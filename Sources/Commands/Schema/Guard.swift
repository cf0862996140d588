import Storage

/// A row whose only use is to be locked, for rules that concern no single record.
enum Guard: String {
    /// Held while the number of active administrators may shrink.
    case admins
    /// Written for a reset of an unknown address, so that it costs one durable commit like that of a known one.
    case reset
    /// Held while missing keys are made.
    case keys

    /// Holds the row until the end of the transaction; others that want it wait.
    func lock(in tx: Transaction) throws {
        try tx.execute("UPDATE guards SET version = version + 1 WHERE name = $1", rawValue)
        tx.touched(Change.Subject("guard", 0))
    }
}
