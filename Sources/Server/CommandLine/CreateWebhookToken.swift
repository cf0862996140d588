import ArgumentParser
import Commands
import Engine
import JSON
import Storage

/// `usher create-webhook`: makes a webhook token for an administrator and prints it.
struct CreateWebhookToken: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create-webhook", abstract: "Create a webhook token for an administrator, and print it.")

    @Argument(help: "What the token is for.")
    var name: String

    @Option(help: ArgumentHelp("The address of the administrator who owns it.", valueName: "email"))
    var user: String

    @Option(
        help: ArgumentHelp("An action that it may call; can be repeated. All, if not given.", valueName: "action"),
        completion: .custom(ActionCompletion.grantable(words:index:prefix:)))
    var action: [String] = []

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        try await Installation.withExisting(settings, surroundings) { installation in
            let address = EmailAddress(user)
            let owner = try await installation.services.database.read { tx in try User.find(address, in: tx) }
            guard let owner else { throw CommandFailure.notFound("user with the address \(user)") }
            var payload: JSONValue = ["name": .string(name)]
            if !action.isEmpty { payload = ["name": .string(name), "actions": .array(action.map { .string($0) })] }
            let answer = try await installation.engine.run(
                CreateWebhook.self, payload, for: installation.request(as: owner.id.rawValue, over: .http))
            print(answer.token)
        }
    }
}
