import Glibc

/// Held while a server runs on a data folder, so that no second one takes the first one's mails for its own.
///
/// The kernel lets go of it when the process ends, however it ends.
struct ServeLock {
    private let file: Int32

    /// - Throws: ``CannotStart`` when another server holds it.
    init(folder: String) throws(CannotStart) {
        let path = folder + "/serve.lock"
        file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("\(path) cannot be made: \(lastSystemError()).") }
        guard Self.take(file) else {
            close(file)
            throw CannotStart(Self.isHeldSentence(folder))
        }
    }

    /// Whether a server runs on the folder; changes nothing.
    static func isHeld(_ folder: String) -> Bool {
        let file = unsafe open(folder + "/serve.lock", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    static func isHeldSentence(_ folder: String) -> String {
        "Another server runs on the data folder \(folder). Stop it, or name another with --data."
    }

    /// Tries a few times: somebody who only looks whether it is held holds it for a moment.
    private static func take(_ file: Int32) -> Bool {
        for _ in 0..<10 {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(20_000)
        }
        return false
    }

    func release() { close(file) }
}
