import ArgumentParser

/// The settings that can be given as flags, the same for every verb.
struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The data folder.", valueName: "folder"), completion: .directory)
    var data: String?

    @Option(help: ArgumentHelp("A JSON file with settings.", valueName: "file"), completion: .file())
    var config: String?

    @Option(help: ArgumentHelp("The port that the server listens on.", valueName: "port"))
    var port: String?

    func settings(in surroundings: Surroundings, host: String? = nil) throws(SettingsProblems) -> Settings {
        try Settings.load(
            flags: Settings.Flags(host: host, port: port, data: data, config: config),
            environment: surroundings.environment, workingDirectory: surroundings.workingDirectory)
    }

    /// The settings with all that is wrong with them.
    func draft(in surroundings: Surroundings, host: String? = nil) -> SettingsDraft {
        SettingsDraft(
            flags: Settings.Flags(host: host, port: port, data: data, config: config),
            environment: surroundings.environment, workingDirectory: surroundings.workingDirectory)
    }
}
