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
}
