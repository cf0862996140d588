import ArgumentParser
import Engine
import JSON

/// `usher run`: runs an action and prints its response alone, as JSON.
struct RunAction: Verb {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run an action, and print its response as JSON.",
        discussion: """
            usher run get-user --payload '{"email": "ada@example.com"}'
            usher run create-user --payload @user.json
            """)

    @Argument(help: "The action; `usher commands` lists them.")
    var action: String

    @Option(help: ArgumentHelp("The input: JSON, @file, or - for standard input.", valueName: "json"))
    var payload: String = "{}"

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        let input = try parsedPayload()
        try await Installation.withExisting(settings, surroundings) { installation in
            let response = try await installation.engine.run(
                Action(rawValue: action), input, for: installation.request(ignoresOverlay: false))
            if let notice = installation.engine.registry.descriptor(Action(rawValue: action))?.deprecationNotice {
                StandardError.show("usher: " + notice)
            }
            print(response.text)
        }
    }

    private func parsedPayload() throws -> JSONValue {
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
