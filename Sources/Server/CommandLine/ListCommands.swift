import ArgumentParser
import Commands
import Engine
import JSON

/// `usher commands`: what webhooks and `usher run` can call, with the operator's overlay.
struct ListCommands: Verb {
    static let configuration = CommandConfiguration(
        commandName: "commands", abstract: "List the actions, or show one with its fields and examples.",
        discussion: """
            usher commands
            usher commands create-user
            """)

    @Argument(
        help: "The action to show; all are listed without one.",
        completion: .custom(ActionCompletion.all(words:index:prefix:)))
    var action: String?

    @Flag(help: "Print the commands.json that is in the binary.")
    var json = false

    @Flag(help: "Print the JSON Schema of documents about commands and of overlays, for editors.")
    var schema = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        if action != nil, json || schema {
            throw ValidationError("--json and --schema print whole documents; leave the action out.")
        }
    }

    func run(in surroundings: Surroundings) async throws {
        if schema { return print(try AllCommands.documentSchema(), terminator: "") }
        if json {
            let shipped = try AllCommands.descriptors()
            return print(String(decoding: shipped.source.serialized(pretty: true), as: UTF8.self))
        }
        let catalogue = try ActionCatalogue(surroundings, options.settings(in: surroundings))
        let layout = TextLayout.standardOutput()
        guard let action else { return list(catalogue, layout) }
        let descriptor = try catalogue.find(action, among: catalogue.descriptors)
        print(
            ActionPage(
                descriptor: descriptor, isDisabled: catalogue.isDisabled(descriptor),
                program: surroundings.programName, layout: layout
            ).text)
    }

    private func list(_ catalogue: ActionCatalogue, _ layout: TextLayout) {
        let width = catalogue.callable.map(\.action.rawValue.count).max() ?? 0
        for descriptor in catalogue.callable {
            let padding = String(repeating: " ", count: width - descriptor.action.rawValue.count + 2)
            let aliases = descriptor.aliases.map { ", also `\($0)`" }.joined()
            print(
                layout.paragraph(
                    descriptor.action.rawValue + padding + descriptor.summary + aliases, hanging: width + 2))
        }
    }
}
