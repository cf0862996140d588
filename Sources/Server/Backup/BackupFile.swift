import Commands
import Cryptography
import Glibc
import Storage

/// A file with a whole database in it, made by `usher backup` or by SQLite's own means.
struct BackupFile {
    /// Why a file is no back-up; goes on after its name.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    let path: String

    /// Reads all of it, and changes nothing.
    ///
    /// - Parameters:
    ///   - migrations: The steps of the schema that are known here.
    ///   - key: Must open its keys, where there is one.
    /// - Returns: What is in it.
    /// - Throws: ``Problem``
    func examine(_ migrations: [Migration], opensWith key: MasterKey?) throws(Problem) -> RecordCounts {
        try checkFile()
        let look = try opened()
        do {
            if let damage = try look.damages().first { throw Problem(description: "is damaged (\(damage))") }
            for table in ["users", "licenses", "sessions", "keys"] where try !look.has(table: table) {
                throw Problem(description: "is no database of Usher")
            }
            try look.checkVersion(migrations)
            if let key { try look.read { tx in try KeyRing.check(key, in: tx) } }
            return try look.read(RecordCounts.stored)
        } catch let problem as Problem {
            throw problem
        } catch StorageError.newerSchema(let migration) {
            throw Problem(
                description: "was made by a newer version of Usher (it has the migration `\(migration)`); "
                    + "restore it with that version")
        } catch KeyRingError.wrongMasterKey {
            throw Problem(
                description: "has keys that the master key does not open; give the one that it was made with: "
                    + "USHER_MASTER_KEY, or `master.key` in the data folder")
        } catch {
            throw Problem(description: "is damaged (\(error))")
        }
    }

    private func checkFile() throws(Problem) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, unsafe access(path, R_OK) == 0 else {
            throw Problem(description: "cannot be read: \(lastSystemError())")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Problem(description: "is not a file") }
        // What lies in them is missing in the file.
        for suffix in ["-wal", "-journal"] where unsafe stat(path + suffix, &status) == 0 && status.st_size > 0 {
            throw Problem(
                description: "is not whole: a part of it is in \(path)\(suffix), as of a database in use; "
                    + "`usher backup` makes one file of such a database")
        }
    }

    private func opened() throws(Problem) -> DatabaseLook {
        do {
            return try DatabaseLook(backup: path)
        } catch {
            throw Problem(description: "is no whole SQLite database")
        }
    }
}
