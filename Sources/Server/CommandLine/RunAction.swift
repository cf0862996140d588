import ArgumentParser
import Engine
import JSON

/// `usher run`: runs an action and prints its response alone, as JSON.
struct RunAction: Verb {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run an action, and print its response as JSON.",
        discussion: """
            usher run get-user email=ada@example.com
            usher run create-license userId=12 seats=3 validUntil=2030-01-01
            usher run update-user userId=12 password=-      asks for the password
            usher run create-user --payload @user.json

            `usher commands ACTION` shows the fields of an action, with examples.
            """)

    @Argument(
        help: "The action; `usher commands` lists them.",
        completion: .custom(ActionCompletion.runnable(words:index:prefix:)))
    var action: String

    @Argument(
        help: ArgumentHelp(
            "The fields of the input, such as email=ada@example.com license.seats=3.", valueName: "field=value"),
        completion: .custom(ActionCompletion.fields(words:index:prefix:)))
    var fields: [String] = []

    @Option(
        help: ArgumentHelp(
            "The input as a whole: JSON, @file, or - for standard input.", valueName: "json"))
    var payload: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        if payload != nil, !fields.isEmpty {
            throw ValidationError("Give the input as field=value or by --payload, not both.")
        }
        guard let wrong = fields.first(where: { !$0.contains("=") || $0.hasPrefix("=") || $0.hasPrefix("{") }) else {
            return
        }
        throw ValidationError(
            wrong.hasPrefix("{")
                ? "Give JSON by --payload: usher run \(action) --payload '{…}'."
                : "`\(wrong)` is no field=value. `usher commands \(action)` shows the fields.")
    }

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        let catalogue = try ActionCatalogue(surroundings, settings)
        let descriptor = try catalogue.find(action, among: catalogue.exposed(on: [.cli]))
        let input = try fields.isEmpty ? parsedPayload() : pairedInput(descriptor)
        try await Installation.withExisting(settings, surroundings) { installation in
            let response = try await installation.engine.run(
                Action(rawValue: action), input, for: installation.request(ignoresOverlay: false))
            if let notice = descriptor.deprecationNotice {
                StandardError.show("usher: " + notice)
            }
            print(response.text)
        }
    }

    private func pairedInput(_ descriptor: Descriptor) throws -> JSONValue {
        try PairedInput(descriptor).input(fields.compactMap(PairedInput.Pair.init), secret: SecretInput.line)
    }

    private func parsedPayload() throws -> JSONValue {
        let payload = payload ?? "{}"
        let bytes: [UInt8]
        switch payload.first {
        case "@": bytes = try Self.read(String(payload.dropFirst()))
        case "-" where payload == "-": bytes = StandardInput.bytes()
        default: bytes = Array(payload.utf8)
        }
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw CommandFailure(.invalidJSON, "The payload is not JSON: \(error.message)")
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        do {
            return try SystemFiles.read(path)
        } catch {
            throw CannotStart("\(path) \(error).")
        }
    }
}
