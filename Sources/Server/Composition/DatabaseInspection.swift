import Commands
import Cryptography
import Storage

/// Sees whether a server can use the database as it is, and changes nothing in it.
struct DatabaseInspection {
    let storage: Settings.Storage
    let migrations: [Migration]
    /// False when the setting for it is wrong, and says nothing.
    let hasMasterKey: Bool

    /// The database must be reachable and of no newer version, and the master key must open its keys.
    ///
    /// - Throws: ``CannotStart``, ``StorageError``, ``KeyRingError``
    func run() async throws {
        guard let view = try DatabaseView(storage) else { return try await inspectKey(nil) }
        do {
            try await view.checkVersion(migrations)
            try await inspectKey(view)
        } catch {
            await view.close()
            throw PostgresAdvice.explained(error, storage.database)
        }
        await view.close()
    }

    private func inspectKey(_ view: DatabaseView?) async throws {
        guard hasMasterKey else { return }
        let hasKeys = try await hasKeys(view)
        let bytes: SecretBytes
        switch storage.masterKey {
        case .given(let given): bytes = given
        case .file(let path):
            let file = MasterKeyFile(path: path)
            if !hasKeys { try storage.checkThatKeyHasDatabase(file) }
            // The first start makes it.
            guard file.isThere || hasKeys else { return }
            bytes = try file.look()
        }
        let key = try MasterKey(bytes)
        if hasKeys { try await view?.read { tx in try KeyRing.check(key, in: tx) } }
    }

    private func hasKeys(_ view: DatabaseView?) async throws -> Bool {
        guard let view, try await view.has(table: "keys") else { return false }
        return try await !view.read(KeyRing.isMissing)
    }
}
