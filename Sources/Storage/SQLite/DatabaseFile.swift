import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file of an SQLite database, looked at before SQLite does, because SQLite only says "unable to open".
struct DatabaseFile {
    let path: String

    /// Makes sure that the file is there, is ours, and can be read and written by nobody else (mode 0600).
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    func prepare(creating: Bool) throws(StorageError) {
        let descriptor = try opened(creating: creating)
        defer { close(descriptor) }
        // The write-ahead log and the shared memory get the mode of the file when SQLite makes them.
        for other in ["-wal", "-shm"] { _ = unsafe chmod(path + other, 0o600) }
        guard fchmod(descriptor, 0o600) == 0 else { throw .cannotOpen(reason(ofError: errno)) }
    }

    /// The same checks, without a change.
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    func inspect() throws(StorageError) { close(try opened(creating: false)) }

    private func opened(creating: Bool) throws(StorageError) -> Int32 {
        let flags = O_RDWR | O_CLOEXEC | O_NOCTTY | (creating ? O_CREAT : 0)
        let descriptor = unsafe open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(reason(ofError: errno)) }
        do {
            try check(descriptor)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private func check(_ descriptor: Int32) throws(StorageError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotOpen(reason(ofError: errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotOpen("\(path) is not a file.") }
        try check(owner: status.st_uid)
    }

    /// SQLite takes an empty file for a new database, and removes the log of the old one, with all that was written lately.
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    func checkThatLogIsNotAlone() throws(StorageError) {
        guard hasOnlyLog else { return }
        throw .cannotOpen(
            "\(path) is missing or empty, and \(path)-wal has a part of what was in it. Restore a back-up with "
                + "`usher restore`, which keeps both; to begin with nothing, move both away.")
    }

    /// Whether the database is missing or empty, and its log is not.
    var hasOnlyLog: Bool { Self.size(of: path) ?? 0 == 0 && Self.size(of: path + "-wal") ?? 0 > 0 }

    /// Bytes of a file; nil when there is none.
    static func size(of path: String) -> Int64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Files that another user's process makes beside the database lock its owner out.
    private func check(owner: uid_t) throws(StorageError) {
        guard owner != geteuid() else { return }
        throw .cannotOpen(
            "\(path) belongs to \(Self.name(ofUser: owner)), and this process runs as \(Self.name(ofUser: geteuid())). "
                + "Run it as \(Self.name(ofUser: owner)).")
    }

    /// Whether another process has the database open: each of SQLite's connections holds a lock on it then.
    ///
    /// Only while this process has no connection: closing a file gives up all locks that the process has on it.
    var isOpenElsewhere: Bool {
        let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Asks, and takes nothing.
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return unsafe fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// Has the kernel forget what it keeps of the file and of its log, so that the next to read them reads the disk.
    ///
    /// Only while this process has no connection: closing a file gives up all locks that the process has on it.
    func forgetCached() {
        #if os(Linux)
            for suffix in ["", "-wal"] {
                let descriptor = unsafe open(path + suffix, O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { continue }
                posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
                close(descriptor)
            }
        #endif
    }

    /// Why SQLite could not open the file.
    func failure(to error: any Error) -> StorageError {
        guard let error = error as? DatabaseError else { return failure(StorageError(error)) }
        let advice =
            switch error.resultCode {
            case .SQLITE_NOTADB: notADatabase
            case .SQLITE_CORRUPT: damaged(error.message ?? "SQLite 11")
            case .SQLITE_BUSY, .SQLITE_LOCKED: "Another program keeps \(path) locked."
            case .SQLITE_CANTOPEN: "SQLite cannot make its files beside \(path). May this process write in \(folder)?"
            case .SQLITE_FULL: "The disk of \(path) is full."
            default: "\(path): \(error.message ?? "error") (SQLite \(error.extendedResultCode.rawValue))"
            }
        return .cannotOpen(advice)
    }

    private func failure(_ error: StorageError) -> StorageError {
        if case .damaged(let reason) = error { .cannotOpen(damaged(reason)) } else { error }
    }

    private var notADatabase: String {
        "\(path) is not an SQLite database. If it was one, restore a back-up with `usher restore`, which keeps this file "
            + "beside it; else move it away, or name another file."
    }

    private func damaged(_ reason: String) -> String {
        "\(path) is damaged (\(reason)). Restore a back-up with `usher restore`, which keeps this file beside it."
    }

    func reason(ofError code: Int32) -> String {
        switch code {
        case ENOENT where isFolderThere: "There is no database at \(path)."
        case ENOENT, ENOTDIR: "The folder \(folder) does not exist. Make it, or name another."
        case EACCES, EPERM: "This process may not read and write \(path). It runs as \(Self.name(ofUser: geteuid()))."
        case EROFS: "\(path) is on a file system that is read-only."
        case EISDIR: "\(path) is a folder. Name a file in it."
        case ENOSPC, EDQUOT: "The disk of \(path) is full."
        case EMFILE, ENFILE: "Too many files are open to open \(path)."
        default: "\(path): \(unsafe String(cString: strerror(code)))"
        }
    }

    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private var isFolderThere: Bool {
        var status = stat()
        return unsafe stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func name(ofUser id: uid_t) -> String {
        guard let entry = unsafe getpwuid(id) else { return "user \(id)" }
        return unsafe String(cString: entry.pointee.pw_name)
    }
}
