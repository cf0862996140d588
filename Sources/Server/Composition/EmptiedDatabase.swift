import Commands
import Storage

extension Settings.Storage {
    /// Sees whether a database was taken away or cut to nothing, which SQLite would take for a new one.
    ///
    /// - Throws: ``CannotStart`` and ``StorageError``
    func checkThatDatabaseWasNotEmptied() throws {
        guard case .sqlite(let path) = database else { return }
        try DatabaseLook.checkThatLogIsNotAlone(path)
        // The first start makes the master key after the database.
        guard DatabaseLook.isEmpty(path), case .file(let key) = masterKey, MasterKeyFile(path: key).isThere else {
            return
        }
        throw CannotStart(
            "\(path) is empty, and there is a master key for it: it was a database, and was cut off. Restore a back-up with "
                + "`usher restore`; to begin with nothing, move \(path) and \(key) away.")
    }

    /// Sees whether a master key is there for a database that has nothing in it: another than the one it belongs to.
    ///
    /// - Throws: ``CannotStart``
    func checkThatKeyHasDatabase(_ key: MasterKeyFile) throws(CannotStart) {
        guard case .postgres(let address) = database, key.isThere else { return }
        throw CannotStart(
            "The database \(address) is empty, and \(key.path) is the master key of another one. If you are moving to "
                + "this one, fill it first with `usher copy`. Else name the right database in USHER_DATABASE_URL; to "
                + "begin with nothing, move \(key.path) away.")
    }

    /// Sees whether a server has ever started on the database; nothing but a server makes one.
    ///
    /// - Throws: ``CannotStart`` and ``StorageError``
    func checkThatServerHasStarted(on database: any Database) async throws {
        guard case .postgres(let address) = self.database else { return }
        guard try await DatabaseView.postgres(database).migrations().isEmpty else { return }
        throw CannotStart(
            "There is nothing in the database \(address) yet. Start the server once (`usher serve`), or name the right "
                + "one in USHER_DATABASE_URL.")
    }
}
