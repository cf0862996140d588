import ArgumentParser

/// The root of the command line.
struct UsherCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usher",
        abstract: "A self-hosted licence and auth server.",
        discussion: """
            Start with `usher serve`, then make the first administrator with `usher create-admin`.
            Every setting can be given in the environment; see docs/configuration.md.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, CreateAdmin.self, CreateWebhookToken.self, RunAction.self, ListCommands.self,
            PruneSessionsVerb.self, BackupVerb.self, RestoreVerb.self, CopyVerb.self, Check.self, DoctorVerb.self,
            ReloadVerb.self, ShowMail.self, ValidateVerb.self, CompletionVerb.self,
        ])
}

/// A subcommand. It is given its surroundings when it runs; nothing of it is global.
protocol Verb: ParsableCommand {
    func run(in surroundings: Surroundings) async throws
}

enum Version {
    static let text = "1.0.0-dev"
}
