import Commands
import Cryptography
import Glibc
import Storage

/// Puts a back-up in the place of the database of an installation on which no server runs.
struct Restoration {
    /// What was done.
    struct Report {
        let counts: RecordCounts
        /// What the database is called that was there; nil where there was none.
        let kept: String?
        /// Where the master key must be put before a start; nil when it is there.
        let missingKey: String?
    }

    /// Further on than an installation gets between a back-up and its restoration. What was given an id in between is
    /// known by that id to shops and in tokens, so nothing else may get it.
    static let idDistance: Int64 = 1_000_000

    let storage: Settings.Storage
    let migrations: [Migration]
    let source: String

    /// - Parameters:
    ///   - now: For the name of the database that was there.
    ///   - progress: Told how far it is, in words.
    /// - Returns: What was done.
    /// - Throws: ``CannotStart`` and ``StorageError``; then the installation is as it was.
    func run(at now: Timestamp, _ progress: @escaping (String) -> Void) async throws -> Report {
        let path = try storage.databasePath { address in
            "`usher restore` puts an SQLite file in place, and the database is \(address). `pg_restore` puts a dump of "
                + "`pg_dump` into an empty database; `usher copy` does so with an SQLite back-up. Nothing was changed."
        }
        let folder = DataFolder(path: storage.folder)
        if folder.isThere { try folder.inspect() } else { try folder.inspectParent() }
        try DatabaseLook.checkFolder(of: path, exempt: folder.path)
        if ServeLock.isHeld(folder.path) { throw isServing }
        let (key, missingKey) = try masterKey()
        progress("Checking")
        try examine(source, key)
        try folder.create()
        let lock = try ServeLock(folder: folder.path)
        defer { lock.release() }
        let draft = path + ".restore"
        defer { remove(draft) }
        let counts = try await prepare(draft, key, progress)
        let kept = "\(path).replaced-\(now.description.replacing(":", with: "-"))"
        let wasThere = try DatabaseReplacement(path: path).put(draft, keepingOldAs: kept)
        return Report(counts: counts, kept: wasThere ? kept : nil, missingKey: missingKey)
    }

    private var isServing: CannotStart {
        CannotStart("A server runs on the data folder \(storage.folder). Stop it first. Nothing was changed.")
    }

    /// The key if it is there, else where it belongs.
    private func masterKey() throws -> (key: MasterKey?, missing: String?) {
        switch storage.masterKey {
        case .given(let bytes): return (try MasterKey(bytes), nil)
        case .file(let path):
            let file = MasterKeyFile(path: path)
            guard file.isThere else { return (nil, path) }
            return (try MasterKey(file.look()), nil)
        }
    }

    @discardableResult
    private func examine(_ path: String, _ key: MasterKey?) throws(CannotStart) -> RecordCounts {
        do {
            return try BackupFile(path: path).examine(migrations, opensWith: key)
        } catch {
            let name = path == source ? source : "The copy of \(source)"
            throw CannotStart("\(name) \(error). Nothing was changed.")
        }
    }

    /// Makes a database of the back-up that only lacks its name.
    private func prepare(_ draft: String, _ key: MasterKey?, _ progress: @escaping (String) -> Void) async throws
        -> RecordCounts
    {
        remove(draft)
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("\(draft) cannot be made: \(lastSystemError()).") }
        close(file)
        try DatabaseCopy.make(of: .backup(path: source), at: draft) { done, total in
            progress("Copying: \(done * 100 / max(total, 1)) %")
        }
        let database = try SQLiteDatabase(path: draft, creating: false)
        do {
            // First, so that tables which are newer than the back-up have counters to move.
            try await database.migrate(migrations)
            try await database.moveIDs(onBy: Self.idDistance)
        } catch {
            try? await database.close()
            throw error
        }
        try await database.close()
        progress("Checking")
        let counts = try examine(draft, key)
        try DiskSync.file(draft)
        return counts
    }

    private func remove(_ draft: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(draft + suffix) }
    }
}
