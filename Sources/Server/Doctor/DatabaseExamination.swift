import Storage

/// What is in the database, and whether it can be relied on.
struct DatabaseExamination {
    let view: DatabaseView
    let migrations: [Migration]
    let now: Timestamp

    func findings() async -> [Finding] {
        do {
            let ofItsKind =
                switch view {
                case .sqlite(let look): try SQLiteExamination(look: look).findings()
                case .postgres(let database): try await PostgresExamination(database: database).findings()
                }
            return try await ofItsKind + [version(), mails()].compactMap(\.self)
        } catch {
            return [.problem("database", "\(error)", "Restore a back-up if that does not pass.")]
        }
    }

    private func version() async throws -> Finding {
        let done = try await view.migrations()
        let missing = migrations.filter { !done.contains($0.name) }
        guard missing.isEmpty else {
            return .ok("schema", "the next start brings it up to date (\(missing.count) steps); make a back-up before")
        }
        return .ok("schema", "it is that of this version")
    }

    private func mails() async throws -> Finding? {
        guard try await view.has(table: "outbox") else { return nil }
        let (count, oldest) = try await view.read { tx in
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
