import Engine
import JSON

/// What shells offer for the action and for its fields.
enum ActionCompletion {
    /// What the process found around it, while its arguments are parsed: ArgumentParser asks for completions then.
    @TaskLocal static var surroundings: Surroundings?

    /// The actions that `usher run` can call.
    @Sendable
    static func runnable(words: [String], index: Int, prefix: String) -> [String] {
        catalogue.map { names($0.exposed(on: [.cli])) } ?? []
    }

    /// The actions that a webhook token can be limited to, by their own names.
    @Sendable
    static func grantable(words: [String], index: Int, prefix: String) -> [String] {
        catalogue?.exposed(on: [.webhook]).map(\.action.rawValue) ?? []
    }

    /// The actions that `usher commands` can show.
    @Sendable
    static func all(words: [String], index: Int, prefix: String) -> [String] {
        catalogue.map { names($0.descriptors) } ?? []
    }

    /// `seats=` and the like for the action on the line, and after it what the field can be, where that is a choice.
    @Sendable
    static func fields(words: [String], index: Int, prefix: String) -> [String] {
        guard let catalogue, let verb = words.firstIndex(of: "run"),
            let descriptor = words.dropFirst(verb + 1).lazy.compactMap({ word in
                try? catalogue.find(word, among: catalogue.exposed(on: [.cli]))
            }).first
        else { return [] }
        let fields = InputField.all(of: descriptor.inputSchema)
        // bash takes `role=ADM` for three words.
        if index >= 2, words.indices.contains(index - 1), words[index - 1] == "=" {
            return choices(of: words[index - 2], among: fields)
        }
        if let equals = prefix.firstIndex(of: "=") {
            let name = String(prefix[..<equals])
            return name.isEmpty ? [] : choices(of: name, among: fields).map { "\(name)=\($0)" }
        }
        return fields.filter { !$0.isGroup }.map { $0.name + "=" }
    }

    private static func choices(of name: String, among fields: [InputField]) -> [String] {
        guard let field = fields.first(where: { $0.name == name })?.schema else { return [] }
        let values = field["enum"]?.arrayValue ?? (field.types.contains("boolean") ? [true, false] : [])
        let texts = values.filter { !$0.isNull }.map { $0.stringValue ?? $0.text }
        return Array(Set(texts)).filter { !$0.isEmpty }.sorted()
    }

    private static func names(_ descriptors: [Descriptor]) -> [String] {
        descriptors.flatMap { [$0.action] + $0.aliases }.map(\.rawValue)
    }

    /// With the overlay, where the settings that need no flag lead to one. Nobody could read an error here.
    private static var catalogue: ActionCatalogue? {
        guard let surroundings else { return nil }
        let settings = try? Settings.load(
            flags: Settings.Flags(), environment: surroundings.environment,
            workingDirectory: surroundings.workingDirectory)
        return settings.flatMap { try? ActionCatalogue(surroundings, $0) }
            ?? (try? ActionCatalogue(surroundings.documents(), overlay: nil))
    }
}
