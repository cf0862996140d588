import ArgumentParser
import Commands
import Engine
import JSON

/// `usher commands`: what can be called, and from where.
struct ListCommands: Verb {
    static let configuration = CommandConfiguration(commandName: "commands", abstract: "List the actions.")

    @Flag(help: "Print the commands.json that is in the binary.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let shipped = try AllCommands.descriptors()
        if json {
            print(String(decoding: shipped.source.serialized(pretty: true), as: UTF8.self))
            return
        }
        let documents = [shipped] + (try surroundings.plugins.compactMap { try $0.descriptors })
        let descriptors = documents.flatMap(\.descriptors)
        let width = descriptors.map(\.action.rawValue.count).max() ?? 0
        for descriptor in descriptors where !descriptor.channels.isDisjoint(with: [.webhook, .cli]) {
            let padding = String(repeating: " ", count: width - descriptor.action.rawValue.count + 2)
            print(descriptor.action.rawValue + padding + descriptor.summary)
        }
    }
}
