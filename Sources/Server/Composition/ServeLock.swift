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
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw CannotStart("Another server runs on the data folder \(folder). Stop it, or name another with --data.")
        }
    }

    func release() { close(file) }
}
