import FoundationEssentials
import Glibc

/// Held while a server runs on a data folder, so that no second one takes the first one's mails for its own.
///
/// The kernel lets go of it when the process ends, however it ends.
struct ServeLock {
    /// F_OFD_GETLK and F_OFD_SETLK of Linux (asm-generic/fcntl.h), which Swift's Glibc leaves out.
    private static let (getLock, setLock): (Int32, Int32) = (36, 37)

    private let file: Int32

    /// - Throws: ``CannotStart`` when another server holds it.
    init(folder: String) throws(CannotStart) {
        let path = folder + "/serve.lock"
        file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotStart("\(path) cannot be made: \(lastSystemError()).") }
        var lock = Self.wholeFile(F_WRLCK)
        guard unsafe fcntl(file, Self.setLock, &lock) == 0 else {
            close(file)
            throw CannotStart(Self.isHeldSentence(folder))
        }
        // For `usher reload`: the kernel does not tell whose a lock of a file is.
        let process = Array("\(getpid())\n".utf8)
        guard ftruncate(file, 0) == 0, unsafe pwrite(file, process, process.count, 0) == process.count else {
            close(file)
            throw CannotStart("\(path) cannot be written: \(lastSystemError()).")
        }
    }

    /// Whether a server runs on the folder; changes nothing.
    static func isHeld(_ folder: String) -> Bool {
        let file = unsafe open(folder + "/serve.lock", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        // Asks, and takes nothing: who looks is in nobody's way.
        var lock = Self.wholeFile(F_RDLCK)
        return unsafe fcntl(file, Self.getLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// The process whose server runs on the folder; nil when none does.
    ///
    /// - Throws: ``CannotStart`` when it is none that this process sees, such as one in a container: to send its number a
    ///   signal could hit another.
    static func holder(_ folder: String) throws(CannotStart) -> pid_t? {
        guard isHeld(folder) else { return nil }
        let path = folder + "/serve.lock"
        let text = (try? SystemFiles.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard let process = pid_t(text.prefix { $0 != "\n" }), hasOpened(path, process) else {
            throw CannotStart(
                "A server runs on the data folder \(folder), and its process cannot be seen from here. Run this where it "
                    + "runs, such as in its container and as its user, or send it SIGHUP.")
        }
        return process
    }

    private static func hasOpened(_ path: String, _ process: pid_t) -> Bool {
        var (lock, other) = (stat(), stat())
        guard unsafe stat(path, &lock) == 0 else { return false }
        let folder = "/proc/\(process)/fd"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where unsafe stat(folder + "/" + name, &other) == 0 {
            if other.st_dev == lock.st_dev, other.st_ino == lock.st_ino { return true }
        }
        return false
    }

    static func isHeldSentence(_ folder: String) -> String {
        "Another server runs on the data folder \(folder). Stop it, or name another with --data."
    }

    /// A lock of the open file, not of the process (fcntl(2), "Open file description locks").
    private static func wholeFile(_ type: Int32) -> flock {
        flock(l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    func release() { close(file) }
}
