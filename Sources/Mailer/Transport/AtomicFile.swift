#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are there whole or not at all, and that only this user can read.
package enum AtomicFile {
    /// A call of the system that failed.
    struct Failure: Error, CustomStringConvertible {
        let what: String
        let number: Int32

        var description: String { "\(what): \(unsafe String(cString: strerror(number)))" }
    }

    /// - Throws: ``Failure``
    package static func write(_ bytes: [UInt8], to path: String, makingFolder folder: String) throws {
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw failure("Cannot make the folder \(folder)") }
        let temporary = "\(path).tmp"
        _ = unsafe unlink(temporary)
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("Cannot write \(temporary)") }
        do {
            defer { close(file) }
            try write(bytes, to: file, path: temporary)
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, path) == 0 else { throw failure("Cannot write \(path)") }
    }

    private static func write(_ bytes: [UInt8], to file: Int32, path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Darwin)
                let count = unsafe rest.withUnsafeBytes { unsafe Darwin.write(file, $0.baseAddress, $0.count) }
            #elseif canImport(Musl)
                let count = unsafe rest.withUnsafeBytes { unsafe Musl.write(file, $0.baseAddress, $0.count) }
            #else
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            #endif
            guard count >= 0 || errno == EINTR else { throw failure("Cannot write \(path)") }
            rest = rest.dropFirst(max(count, 0))
        }
        guard fsync(file) == 0 else { throw failure("Cannot write \(path)") }
    }

    private static func failure(_ what: String) -> Failure {
        Failure(what: what, number: errno)
    }
}
