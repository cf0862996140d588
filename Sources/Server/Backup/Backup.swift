import Commands
import Glibc
import Storage

/// Copies the database of an installation into one file, whether or not a server runs on it.
struct Backup {
    /// What was done.
    struct Report {
        let counts: RecordCounts
        let bytes: Int
    }

    let storage: Settings.Storage
    let migrations: [Migration]
    let target: String

    /// The file appears when it is whole, checked and on disk.
    ///
    /// - Throws: ``CannotStart`` when there is a file of that name, or no back-up can be made.
    func make(_ progress: @escaping (String) -> Void) throws -> Report {
        try DataFolder(path: storage.folder).check()
        let path = try storage.databasePath { address in
            "`usher backup` copies an SQLite file, and the database is \(address). PostgreSQL makes back-ups itself: "
                + "`pg_dump --format=custom --file=usher.dump` copies it whole while servers run on it; `usher copy` "
                + "makes an SQLite file of it while none does."
        }
        if DatabaseLook.isThere(target) { throw isThere }
        let draft = target + ".\(getpid()).part"
        try makeEmpty(draft)
        defer { for suffix in ["", "-journal"] { unsafe unlink(draft + suffix) } }
        try DatabaseCopy.make(of: .database(path: path), at: draft) { done, total in
            progress("Copying: \(done * 100 / max(total, 1)) %")
        }
        progress("Checking")
        let counts: RecordCounts
        do {
            counts = try BackupFile(path: draft).examine(migrations, opensWith: nil)
        } catch {
            throw CannotStart("There is no back-up, because the copy of \(path) \(error). `usher doctor` knows more.")
        }
        try DiskSync.file(draft)
        try publish(draft)
        var status = stat()
        unsafe stat(target, &status)
        return Report(counts: counts, bytes: Int(status.st_size))
    }

    private func makeEmpty(_ draft: String) throws(CannotStart) {
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("The back-up \(target) cannot be made: \(lastSystemError()).") }
        close(file)
    }

    private func publish(_ draft: String) throws {
        // Unlike a rename, a link takes no file's place; some disks to carry away (FAT) have none.
        if unsafe link(draft, target) != 0 {
            if errno == EEXIST || DatabaseLook.isThere(target) { throw isThere }
            guard unsafe rename(draft, target) == 0 else {
                throw CannotStart("The back-up \(target) cannot be made: \(lastSystemError()).")
            }
        }
        try DiskSync.folder(of: target)
    }

    private var isThere: CannotStart {
        CannotStart("\(target) is there already, and stays as it is. Name another file, or move that one away.")
    }
}

extension Settings.Storage {
    /// The file of the database.
    ///
    /// - Parameter advice: What to do instead, if it is on a PostgreSQL server.
    /// - Returns: Its path.
    /// - Throws: ``CannotStart`` when it is in none.
    func databasePath(else advice: (PostgresAddress) -> String) throws(CannotStart) -> String {
        switch database {
        case .sqlite(let path): return path
        case .postgres(let address): throw CannotStart(advice(address))
        }
    }
}
