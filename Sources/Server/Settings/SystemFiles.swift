import Glibc

/// The files of this machine.
package enum SystemFiles {
    /// Reads a whole file; also a pipe, such as what a shell makes of `<(…)`, to its end.
    @Sendable
    package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw problem() }
        defer { close(file) }
        guard let bytes = bytes(of: file) else { throw problem() }
        return bytes
    }

    /// Everything that an open file has, byte for byte, until its end; nil when that fails.
    static func bytes(of file: Int32) -> [UInt8]? {
        var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = unsafe Glibc.read(file, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += chunk.prefix(count) } else if errno != EINTR { return nil }
        }
    }

    private static func problem() -> FileProblem {
        switch errno {
        case ENOENT, ENOTDIR: .missing
        case EACCES: .unreadable(reason: "permission denied")
        case EISDIR: .unreadable(reason: "it is a folder")
        default: .unreadable(reason: lastSystemError())
        }
    }
}
