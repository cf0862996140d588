import Cryptography
import Glibc

extension Installation {
    /// What this server is called among those of its database: its own, and the same after a restart, so that it takes
    /// up at once the mails that its last start had begun, and no others.
    static func nodeName(_ storage: Settings.Storage, _ random: any RandomSource) throws(CannotStart) -> String {
        switch storage.database {
        // One database of SQLite is one server.
        case .sqlite: "single"
        case .postgres: try NodeNameFile(path: storage.folder + "/node", random: random).name()
        }
    }
}

/// The file with a server's random name.
struct NodeNameFile {
    let path: String
    let random: any RandomSource

    /// The name of the machine is part of it, so that a copy of the data folder elsewhere is another server.
    ///
    /// - Throws: ``CannotStart`` when the file can be neither read nor made.
    func name() throws(CannotStart) -> String {
        if let kept = read() { return machine + "/" + kept }
        let new = Base64URL.encode(random.bytes(12))
        try write(new)
        return machine + "/" + new
    }

    private var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Nil for what is missing, or cut short by a crash.
    private func read() -> String? {
        guard let bytes = try? SystemFiles.read(path), bytes.count == 17, bytes.last == 10 else { return nil }
        return String(validating: bytes.dropLast(), as: UTF8.self)
    }

    private func write(_ name: String) throws(CannotStart) {
        let draft = path + ".\(getpid())"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("\(path) cannot be made: \(lastSystemError()).") }
        let text = Array((name + "\n").utf8)
        let isWritten = unsafe Glibc.write(file, text, text.count) == text.count && fsync(file) == 0
        close(file)
        guard isWritten, unsafe rename(draft, path) == 0 else {
            unsafe unlink(draft)
            throw CannotStart("\(path) cannot be written: \(lastSystemError()).")
        }
    }
}
