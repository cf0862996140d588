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

    /// Files that another user's process makes beside the database lock its owner out.
    private func check(owner: uid_t) throws(StorageError) {
        guard owner != geteuid() else { return }
        throw .cannotOpen(
            "\(path) belongs to \(Self.name(ofUser: owner)), and this process runs as \(Self.name(ofUser: geteuid())). "
                + "Run it as \(Self.name(ofUser: owner)).")
    }

    /// Why SQLite could not open the file.
    func failure(to error: any Error) -> StorageError {
        guard let error = error as? DatabaseError else { return StorageError(error) }
        let advice =
            switch error.resultCode {
            case .SQLITE_NOTADB: "\(path) is not an SQLite database. Move it away, or name another file."
            case .SQLITE_CORRUPT: "\(path) is damaged. Restore a back-up."
            case .SQLITE_BUSY, .SQLITE_LOCKED: "Another program keeps \(path) locked."
            case .SQLITE_CANTOPEN: "SQLite cannot make its files beside \(path). May this process write in \(folder)?"
            case .SQLITE_FULL: "The disk of \(path) is full."
            default: "\(path): \(error.message ?? "error") (SQLite \(error.extendedResultCode.rawValue))"
            }
        return .cannotOpen(advice)
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
