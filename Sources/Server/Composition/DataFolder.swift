import Glibc

/// The folder with everything that an installation keeps: database, master key, and mails when no SMTP server is set.
///
/// Nobody but its owner may look into it (mode 0700), and Usher runs as no other user than that.
struct DataFolder {
    let path: String

    /// Makes the folder where it is missing, and checks that it is ours.
    func create() throws(CannotStart) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw cannotBeMade(lastSystemError()) }
        try check()
    }

    /// Checks it, and keeps others out of it.
    ///
    /// - Throws: ``CannotStart`` where there is none, or when it is not ours.
    func check() throws(CannotStart) {
        if try inspect() & 0o077 != 0 { unsafe chmod(path, 0o700) }
    }

    /// Checks it, and changes nothing.
    ///
    /// - Returns: Its mode.
    /// - Throws: ``CannotStart`` where there is none, or when it is not ours.
    @discardableResult
    func inspect() throws(CannotStart) -> mode_t {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw CannotStart(
                "There is no data folder at \(path). Start the server once (`usher serve`), or name the folder with "
                    + "--data or USHER_DATA_DIR.")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw CannotStart("\(path) is not a folder.") }
        guard status.st_uid == geteuid() else {
            throw CannotStart(
                "The data folder \(path) belongs to another system user (id \(status.st_uid)), and this process runs as "
                    + "id \(geteuid()). Run it as the owner, for example with `sudo -u '#\(status.st_uid)'`.")
        }
        guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else {
            throw CannotStart(
                "The data folder \(path) cannot be read and written: \(lastSystemError()). Give its owner all rights "
                    + "(`chmod 700`), or name another with --data.")
        }
        return status.st_mode
    }

    var isThere: Bool { unsafe access(path, F_OK) == 0 }

    /// Sees whether the folder, which is not there, could be made.
    func inspectParent() throws(CannotStart) {
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        if unsafe access(parent, W_OK | X_OK) != 0 { throw cannotBeMade(lastSystemError(), in: parent) }
    }

    private func cannotBeMade(_ reason: String, in parent: String? = nil) -> CannotStart {
        CannotStart(
            "The data folder \(path) cannot be made\(parent.map { " in \($0)" } ?? ""): \(reason). "
                + "Make it for this user, or name another with --data.")
    }

    /// Bytes that this process can still write there; nil when the system does not say.
    var room: UInt64? {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// With less than this there is no room for a commit.
    static let leastRoom: UInt64 = 1 << 20
}

extension Settings.Storage {
    /// What to say when the disk of the data folder or of the database is full; nil when neither is.
    ///
    /// With a database on a server nothing of importance is written here, and the server says itself when its disk is full.
    func lackOfRoom() -> String? {
        guard case .sqlite(let path) = database else { return nil }
        var folders = [folder]
        if let slash = path.lastIndex(of: "/") { folders.append(String(path[..<slash])) }
        for folder in folders {
            guard let room = DataFolder(path: folder).room, room < DataFolder.leastRoom else { continue }
            return "The disk of \(folder) is full: \(room >> 10) KiB are free. Make room; 1 MiB is the least."
        }
        return nil
    }
}
