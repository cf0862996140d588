import JSON
import JSONSchema

/// The registry while it is put together, and all that is found wrong on the way.
struct RegistryAssembly {
    let overlay: Overlay?
    var descriptors: [Descriptor] = []
    var byAction: [Action: Descriptor] = [:]
    var commands: [Action: RegisteredCommand] = [:]
    var aliases: [Action: Action] = [:]
    var problems: [String] = []

    init(overlay: Overlay?) {
        self.overlay = overlay
    }

    mutating func addDescriptors(of document: DescriptorDocument) {
        for descriptor in document.descriptors {
            guard byAction[descriptor.action] == nil else {
                problems.append("`\(descriptor.action)` is described twice")
                continue
            }
            byAction[descriptor.action] = descriptor
            descriptors.append(descriptor)
        }
    }

    mutating func add(_ command: any Command, of plugin: String) {
        let action = type(of: command).action
        guard let descriptor = byAction[action] else {
            problems.append("plugin \(plugin): `\(action)` has no descriptor; add one to its document")
            return
        }
        guard commands[action] == nil else {
            problems.append("plugin \(plugin): `\(action)` is registered twice")
            return
        }
        guard let input = compile(descriptor.input, "`\(action)` input schema at "),
            let output = compile(descriptor.output, "`\(action)` output schema at ")
        else { return }
        checkExamples(of: descriptor, input: input, output: output)
        commands[action] = RegisteredCommand(
            command: command, descriptor: descriptor, input: input, tightening: layOver(action))
    }

    /// Takes what the overlay says of an action: its other names, and the schema in addition.
    mutating func layOver(_ action: Action) -> Schema? {
        for alias in [Action(rawValue: action.camelCase)] + (overlay?.aliases[action] ?? []) where alias != action {
            if byAction[alias] != nil || aliases.updateValue(action, forKey: alias) != nil {
                let place = overlay.map { $0.place(action, "aliases") + ": " } ?? ""
                problems.append("\(place)`\(alias)` cannot be another name of `\(action)`: it is taken")
            }
        }
        guard let overlay, let tightening = overlay.inputs[action] else { return nil }
        return compile(tightening, overlay.place(action, "input"))
    }

    mutating func checkOrphans() {
        for descriptor in descriptors where commands[descriptor.action] == nil {
            problems.append("`\(descriptor.action)` is described, but no plugin brings a command for it")
        }
    }

    mutating func checkOverlay() {
        guard let overlay else { return }
        problems += overlay.problems
        for action in overlay.entries.keys.map(Action.init(rawValue:)) where byAction[action] == nil {
            let hint = Suggestion.nearest(to: action.rawValue, among: byAction.keys.map(\.rawValue))
            problems.append(
                overlay.place(action) + ": there is no such action" + (hint.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }

    /// `place` goes before the pointer into the schema.
    private mutating func compile(_ schema: JSONValue, _ place: String) -> Schema? {
        do {
            return try Schema(schema)
        } catch {
            problems += error.problems.map { "\(place)\($0.pointer): \($0.message)" }
            return nil
        }
    }

    private mutating func checkExamples(of descriptor: Descriptor, input: Schema, output: Schema) {
        for (index, example) in descriptor.examples.enumerated() {
            for (part, schema, value) in [("input", input, example.input), ("output", output, example.output)] {
                problems += schema.validate(value).map {
                    "`\(descriptor.action)` example \(index + 1), \(part)\($0.pointer): \($0.message)"
                }
            }
        }
    }
}
