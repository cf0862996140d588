import ArgumentParser
import Engine
import Mailer

/// `usher check`: finds everything that would keep the server from starting, without starting it.
struct Check: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Find everything that would keep the server from starting, without starting it.")

    @Option(
        help: ArgumentHelp(
            "Send a mail there, at once, and show what the mail server answers.", valueName: "address"))
    var mail: String?

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let address = try mail.map(Self.address)
        let draft = options.draft(in: surroundings)
        let passed = try await StartCheck(draft: draft, surroundings: surroundings, wantsToServe: false).run()
        let (settings, overlay) = (passed.settings, passed.files.overlay)
        try await Installation.withTemporary(settings, surroundings, overlay: overlay) { installation in
            print("The settings and \(installation.engine.registry.descriptors.count) actions are in order.")
            Self.notes(passed).forEach { print($0) }
            guard let address else { return }
            print(try await TestMail(to: address).send(by: installation))
        }
    }

    /// What is no problem, and worth knowing.
    private static func notes(_ passed: StartCheck.Passed) -> [String] {
        let folder = DataFolder(path: passed.settings.storage.folder)
        guard folder.isThere else {
            return ["There is no data folder at \(folder.path) yet; the first `usher serve` makes it."]
        }
        return passed.isServing ? ["A server runs on the data folder \(folder.path)."] : []
    }

    private static func address(_ text: String) throws -> MailAddress {
        do {
            return try MailAddress(text)
        } catch {
            throw ValidationError("--mail: \(error)")
        }
    }
}
