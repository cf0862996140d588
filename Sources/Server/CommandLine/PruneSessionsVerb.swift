import ArgumentParser
import Commands
import Engine
import JSON

/// `usher prune-sessions`: ends sessions that are over, for a nightly job.
struct PruneSessionsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "prune-sessions",
        abstract: "End sessions past their lifetime, and those seated on a licence that has ended.")

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        try await Installation.withExisting(settings, surroundings) { installation in
            let pruned = try await installation.engine.run(PruneSessions.self, [:], for: installation.request())
            print("\(pruned.revoked) \(pruned.revoked == 1 ? "session" : "sessions") ended.")
        }
    }
}
