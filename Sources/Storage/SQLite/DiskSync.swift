#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Waits until the disk has it: contents of files, and names in folders.
package enum DiskSync {
    /// - Throws: ``StorageError/unavailable(_:)``
    package static func file(_ path: String) throws(StorageError) { try sync(path, O_RDONLY) }

    /// Else a power cut could take a name that was given or taken away in the folder of the file at `path`.
    ///
    /// - Throws: ``StorageError/unavailable(_:)``
    package static func folder(of path: String) throws(StorageError) {
        try sync(DatabaseFile(path: path).folder, O_RDONLY | O_DIRECTORY)
    }

    private static func sync(_ path: String, _ flags: Int32) throws(StorageError) {
        let handle = unsafe open(path, flags | O_CLOEXEC)
        guard handle >= 0 else { throw failure(path) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> StorageError {
        .unavailable("\(path) cannot be synced to the disk: \(unsafe String(cString: strerror(errno)))")
    }
}
