import ArgumentParser
import Engine

/// `usher check`: finds what is wrong with settings and commands without starting.
struct Check: Verb {
    static let configuration = CommandConfiguration(abstract: "Check settings and commands.json without starting.")

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        let count = try await Installation.withTemporary(settings, surroundings) { installation in
            installation.engine.registry.descriptors.count
        }
        print("The settings and \(count) actions are in order.")
    }
}
