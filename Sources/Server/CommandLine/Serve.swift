import ArgumentParser

/// `usher serve`: makes what is missing, then serves until it is told to stop.
struct Serve: Verb {
    static let configuration = CommandConfiguration(abstract: "Start the server.")

    @OptionGroup var options: SettingsOptions

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host: String?

    func run(in surroundings: Surroundings) async throws {
        let draft = options.draft(in: surroundings, host: host)
        try await RunningServer(draft: draft, surroundings: surroundings).run()
    }
}
