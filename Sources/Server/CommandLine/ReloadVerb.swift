import ArgumentParser

/// `usher reload`: has the running server take up the operator's files again, and says what came of it.
struct ReloadVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running server take up the overlay and the mail templates again.",
        discussion: """
            The server takes up both or neither, and says in its log and in the audit what changed, or what is wrong.
            The exit code is 78 for what is wrong with the files, 1 when there is no server or it does not answer.
            """)

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        let folder = settings.storage.folder
        try DataFolder(path: folder).inspect()
        let own = Result { _ = try OperatorFiles(settings, surroundings.documents) }
        let report: ReloadReport
        do {
            report = try await ReloadRequest(folder: folder).send()
        } catch {
            // What is wrong with the files would keep the server from starting, too.
            try own.get()
            throw error
        }
        guard report.problems.isEmpty else {
            throw ProblemList(
                "The server refused to reload, and goes on with what it had", report.problems, exitCode: 78)
        }
        print(
            report.changes.isEmpty
                ? "The server has reloaded; nothing had changed."
                : "The server has reloaded. \(report.changes.joined(separator: "; ")).")
        // It reads them where its own settings say; ours may name others.
        try own.get()
    }
}
