import ArgumentParser
import Commands
import Engine
import JSON

/// `usher commands`: what webhooks and `usher run` can call, with the operator's overlay.
struct ListCommands: Verb {
    static let configuration = CommandConfiguration(commandName: "commands", abstract: "List the actions.")

    @Flag(help: "Print the commands.json that is in the binary.")
    var json = false

    @Flag(help: "Print the JSON Schema of documents about commands and of overlays, for editors.")
    var schema = false

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        if schema { return print(try AllCommands.documentSchema(), terminator: "") }
        if json {
            let shipped = try AllCommands.descriptors()
            print(String(decoding: shipped.source.serialized(pretty: true), as: UTF8.self))
            return
        }
        let documents = try surroundings.documents()
        let overlay = try OperatorFiles.overlay(options.settings(in: surroundings).commandsOverlay) { documents }
        let all = documents.flatMap(\.descriptors)
        let descriptors = (overlay?.applied(to: all) ?? all).filter { descriptor in
            !descriptor.channels.isDisjoint(with: [.webhook, .cli])
        }
        let width = descriptors.map(\.action.rawValue.count).max() ?? 0
        for descriptor in descriptors {
            let padding = String(repeating: " ", count: width - descriptor.action.rawValue.count + 2)
            let aliases = descriptor.aliases.map { ", also `\($0)`" }.joined()
            print(descriptor.action.rawValue + padding + descriptor.summary + aliases)
        }
    }
}
