import Commands
import Storage

/// Looks at an installation from all sides, and changes nothing.
struct Doctor {
    let draft: SettingsDraft
    let surroundings: Surroundings

    /// Tells each finding as soon as it is there; some take a while.
    ///
    /// - Returns: Whether there was no problem.
    func examine(_ tell: (Finding) -> Void) async -> Bool {
        var isWell = true
        func report(_ findings: [Finding]) {
            for finding in findings {
                if finding.grade == .problem { isWell = false }
                tell(finding)
            }
        }
        report(await start())
        guard let settings = draft.settings, draft.problems.isEmpty else { return isWell }
        let folder = DataFolder(path: settings.storage.folder)
        let isServing = ServeLock.isHeld(folder.path)
        report(StorageExamination(storage: settings.storage, folder: folder).findings())
        let view = await databaseView(settings.storage)
        let clock = ClockExamination(latest: try? await view?.read(LatestTime.stored))
        let now = surroundings.makeClock(Timestamp(milliseconds: 0)) { _ in }.now()
        report(clock.findings(at: now))
        if let view {
            let migrations = Installation.migrations(surroundings.plugins)
            report(await DatabaseExamination(view: view, migrations: migrations, now: now).findings())
        }
        report(await MailExamination(settings: settings).findings())
        report(
            PublicURLExamination(
                url: settings.web.publicURL, isServing: isServing,
                keyIDs: (try? await view?.read(KeyRing.signingKeyIDs)) ?? []
            ).findings())
        await view?.close()
        return isWell
    }

    /// What `usher check` says.
    private func start() async -> [Finding] {
        do {
            let passed = try await StartCheck(draft: draft, surroundings: surroundings, wantsToServe: false).run()
            let state = passed.isServing ? "a server runs on the data folder" : "no server runs on the data folder"
            return [.ok("start", "nothing is in its way; \(state)")]
        } catch let problems as StartProblems {
            return problems.lists.flatMap { list in list.lines.map { .problem("start", $0) } }
        } catch {
            return [.problem("start", "\(error)")]
        }
    }

    /// Nil where there is no database, or where it cannot be opened, which ``start()`` has said.
    private func databaseView(_ storage: Settings.Storage) async -> DatabaseView? {
        guard let view = try? DatabaseView(storage) else { return nil }
        if (try? await view.read { _ in }) != nil { return view }
        await view.close()
        return nil
    }
}
