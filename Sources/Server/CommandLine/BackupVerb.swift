import ArgumentParser

/// `usher backup`: copies the database into a file, beside a running server too.
struct BackupVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database into a file, beside a running server too.")

    @Argument(
        help: ArgumentHelp("The file to make. One that is there is not overwritten.", valueName: "file"),
        completion: .file())
    var file: String

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let storage = try options.settings(in: surroundings).storage
        let target = WorkingDirectory(path: surroundings.workingDirectory).resolve(file)
        let backup = Backup(
            storage: storage, migrations: Installation.migrations(surroundings.plugins), target: target)
        let line = ProgressLine()
        defer { line.end() }
        let report = try backup.make(line.show)
        line.end()
        print("\(target): \(report.counts) (\(report.bytes >> 10) KiB).")
        print("Its keys are sealed. Keep the master key that opens them, \(Self.name(storage.masterKey)), elsewhere.")
    }

    private static func name(_ key: MasterKeySource) -> String {
        switch key {
        case .file(let path): path
        case .given: "USHER_MASTER_KEY"
        }
    }
}
