import Cryptography
import Glibc
import Storage

/// The file with the key that seals all others: 32 random bytes as base64url, mode 0600.
struct MasterKeyFile {
    let path: String

    /// The key; made first when `creating` and not there.
    func key(creating: Bool, random: any RandomSource) throws(CannotStart) -> SecretBytes {
        if creating, !isThere { try make(random) }
        return try key(read(mending: true))
    }

    var isThere: Bool { unsafe access(path, F_OK) == 0 }

    /// The key, and nothing changes.
    func look() throws(CannotStart) -> SecretBytes { try key(read(mending: false)) }

    private func key(_ text: [UInt8]?) throws(CannotStart) -> SecretBytes {
        guard let text else {
            throw CannotStart(
                "The master key \(path) cannot be read: \(lastSystemError()). Restore it, or give USHER_MASTER_KEY. "
                    + "Servers that share a database need the same key: copy it from the one that was there first.")
        }
        guard let key = Base64URL.decode(text.prefix { $0 != 10 }), key.count >= 32 else {
            throw CannotStart("The master key \(path) is damaged: it must be 32 bytes or more as base64url.")
        }
        return SecretBytes(key)
    }

    /// Written beside and linked into place, so that a crash leaves no half of a key, and of two starts one wins.
    private func make(_ random: any RandomSource) throws(CannotStart) {
        let draft = path + ".\(getpid())"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("The master key \(path) cannot be made: \(lastSystemError()).") }
        defer { unsafe unlink(draft) }
        let text = Array((Base64URL.encode(random.bytes(32)) + "\n").utf8)
        let written = unsafe write(file, text, text.count)
        let isSynced = fsync(file) == 0
        close(file)
        guard written == text.count, isSynced, unsafe link(draft, path) == 0 || errno == EEXIST else {
            throw CannotStart("The master key \(path) cannot be written: \(lastSystemError()).")
        }
        // Else a power cut could take its name, while the database that it belongs to stays. Some disks cannot do this.
        try? DiskSync.folder(of: path)
    }

    private func read(mending: Bool) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Somebody may have copied it into place: nobody but the owner may read it.
        if mending { fchmod(file, 0o600) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(file, &bytes, bytes.count)
        return count < 0 ? nil : Array(bytes.prefix(count))
    }
}
