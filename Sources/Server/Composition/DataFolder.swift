import Glibc

/// The folder with everything that an installation keeps: database, master key, and mails when no SMTP server is set.
///
/// Nobody but its owner may look into it (mode 0700), and Usher runs as no other user than that.
struct DataFolder {
    let path: String

    /// Makes the folder where it is missing, and checks that it is ours.
    func create() throws(CannotStart) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
            throw CannotStart("The data folder \(path) cannot be made: \(lastSystemError()). Name another with --data.")
        }
        try check()
    }

    /// - Throws: ``CannotStart`` where there is none, or when it is not ours.
    func check() throws(CannotStart) {
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
            throw CannotStart("The data folder \(path) cannot be read and written: \(lastSystemError()).")
        }
        if status.st_mode & 0o077 != 0 { unsafe chmod(path, 0o700) }
    }
}
