import ArgumentParser
import Engine
import Mailer

/// `usher check`: finds what is wrong with settings, commands and mail templates without starting.
struct Check: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Check settings, commands.json and mail templates without starting.")

    @Option(
        help: ArgumentHelp(
            "Send a mail there, at once, and show what the mail server answers.", valueName: "address"))
    var mail: String?

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let address = try mail.map(Self.address)
        let settings = try options.settings(in: surroundings)
        _ = try TemplateFolder.templates(settings.mail.templates)
        try await Installation.withTemporary(settings, surroundings) { installation in
            print("The settings and \(installation.engine.registry.descriptors.count) actions are in order.")
            guard let address else { return }
            print(try await TestMail(to: address).send(by: installation))
        }
    }

    private static func address(_ text: String) throws -> MailAddress {
        do {
            return try MailAddress(text)
        } catch {
            throw ValidationError("--mail: \(error)")
        }
    }
}
