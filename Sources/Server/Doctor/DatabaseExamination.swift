import Storage

/// What is in the database, and whether it is whole.
struct DatabaseExamination {
    let look: DatabaseLook
    let migrations: [Migration]
    let now: Timestamp

    func findings() -> [Finding] {
        do {
            return [try wholeness(), try version(), log, try mails()].compactMap(\.self)
        } catch {
            return [.problem("database", "\(error)", "Restore a back-up if that does not pass.")]
        }
    }

    private func wholeness() throws -> Finding {
        let damages = try look.damages()
        guard let first = damages.first else {
            return .ok("database", "it is whole (\((look.size.database + look.size.log) >> 10) KiB)")
        }
        return .problem("database", "it is damaged: \(first)", "Stop the server and restore a back-up.")
    }

    private func version() throws -> Finding? {
        let done = Set(try look.migrations())
        let missing = migrations.filter { !done.contains($0.name) }
        guard missing.isEmpty else {
            return .ok("schema", "the next start brings it up to date (\(missing.count) steps); make a back-up before")
        }
        return .ok("schema", "it is that of this version")
    }

    /// A checkpoint empties the log; one that grows is held by a reader that never ends.
    private var log: Finding? {
        let size = look.size.log >> 20
        guard size >= 256 else { return nil }
        return .warning(
            "database", "its write-ahead log has \(size) MiB", "A program keeps it open (`fuser`): end that one.")
    }

    private func mails() throws -> Finding? {
        guard try look.has(table: "outbox") else { return nil }
        let (count, oldest) = try look.read { tx in
            let row = try tx.row(
                "SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM outbox WHERE state IN ('waiting', 'sending')"
            )
            return (try row?.int64("waiting") ?? 0, try row?.optionalTimestamp("oldest"))
        }
        guard count > 0, let oldest else { return .ok("mails", "none waits") }
        let text = "\(count) \(count == 1 ? "mail waits" : "mails wait"), the oldest since \(oldest)"
        guard now - oldest > .seconds(3600) else { return .ok("mails", text) }
        return .warning(
            "mails", text,
            "`usher run list-mails` has what the mail server said; `/readyz` says whether mail is paused.")
    }
}
