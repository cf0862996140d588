import Glibc

/// Who may read what is in the data folder, and how much more there is room for.
struct StorageExamination {
    let storage: Settings.Storage
    let folder: DataFolder

    func findings() -> [Finding] {
        guard folder.isThere else {
            return [.warning("data folder", "there is none at \(folder.path) yet", "The first `usher serve` makes it.")]
        }
        return [permissions, room].compactMap(\.self)
    }

    private var permissions: Finding {
        var open: [String] = []
        var paths = [folder.path]
        if case .sqlite(let database) = storage.database { paths += [database, database + "-wal"] }
        if case .file(let key) = storage.masterKey { paths.append(key) }
        for path in paths {
            var status = stat()
            if unsafe stat(path, &status) == 0, status.st_mode & 0o077 != 0 { open.append(path) }
        }
        guard !open.isEmpty else { return .ok("permissions", "\(folder.path) is for its owner alone") }
        return .warning(
            "permissions", "others may look into \(open.joined(separator: ", "))",
            "`chmod -R go= \(Shell.quoted(folder.path))`; the next start does it for what is its own.")
    }

    /// Nil when it is so little that no server can start, which is said already.
    private var room: Finding? {
        guard let room = folder.room, room >= DataFolder.leastRoom else { return nil }
        let text = "\(room >> 20) MiB are free at \(folder.path)"
        let advice = "Make room. Without any, everything that writes is refused (503), logins too."
        return switch room >> 20 {
        case ..<64: .problem("disk", text, advice)
        case ..<1024: .warning("disk", text, advice)
        default: .ok("disk", text)
        }
    }
}
