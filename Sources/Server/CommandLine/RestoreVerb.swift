import ArgumentParser
import Storage

/// `usher restore`: puts a back-up in the place of the database.
struct RestoreVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a back-up in the place of the database, which is kept. The server must be stopped.")

    @Argument(help: ArgumentHelp("The file that `usher backup` made.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let storage = try options.settings(in: surroundings).storage
        let source = WorkingDirectory(path: surroundings.workingDirectory).resolve(file)
        let restoration = Restoration(
            storage: storage, migrations: Installation.migrations(surroundings.plugins), source: source)
        let line = ProgressLine()
        defer { line.end() }
        let now = surroundings.makeClock(Timestamp(milliseconds: 0)) { _ in }.now()
        let report = try await restoration.run(at: now, line.show)
        line.end()
        print("\(source) is restored: \(report.counts).")
        print("New ids begin \(Restoration.idDistance) higher: none that was given out since is given out again.")
        if let kept = report.kept { print("The database that was there is kept: \(kept)") }
        if let path = report.missingKey {
            print(
                "Before the start: put the master key that the back-up was made with into \(path) (mode 0600), or give "
                    + "it as USHER_MASTER_KEY.")
        }
    }
}
