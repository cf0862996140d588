import Storage

/// Whether an SQLite file is whole.
struct SQLiteExamination {
    let look: DatabaseLook

    func findings() throws -> [Finding] { [try wholeness(), log].compactMap(\.self) }

    private func wholeness() throws -> Finding {
        let damages = try look.damages()
        guard let first = damages.first else {
            return .ok("database", "it is whole (\((look.size.database + look.size.log) >> 10) KiB)")
        }
        return .problem("database", "it is damaged: \(first)", "Stop the server and restore a back-up.")
    }

    /// A checkpoint empties the log; one that grows is held by a reader that never ends.
    private var log: Finding? {
        let size = look.size.log >> 20
        guard size >= 256 else { return nil }
        return .warning(
            "database", "its write-ahead log has \(size) MiB", "A program keeps it open (`fuser`): end that one.")
    }
}
