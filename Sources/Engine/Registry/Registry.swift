import JSON
import JSONSchema

/// Every action that the server knows, with the command behind it. Built once at launch, and never changed.
public struct Registry: Sendable {
    private let commands: [Action: RegisteredCommand]
    private let disabled: Set<Action>
    /// Actions by their other names: camelCase, and those that an overlay adds.
    private let aliases: [Action: Action]
    /// In the order of the documents.
    public let descriptors: [Descriptor]

    /// Matches the commands of `plugins` with their descriptors.
    ///
    /// `shipped` is the server's own document, for the plugins that bring none; `overlay` is what an operator tightens,
    /// switches off, or gives another name.
    ///
    /// - Throws: ``RegistryProblems`` with every mismatch, bad schema and example that does not validate.
    public init(plugins: [any CommandPlugin], shipped: DescriptorDocument, overlay: Overlay? = nil)
        throws(RegistryProblems)
    {
        var assembly = Assembly(overlay: overlay)
        assembly.addDescriptors(of: shipped)
        for plugin in plugins {
            do {
                if let document = try plugin.descriptors { assembly.addDescriptors(of: document) }
            } catch let problems as RegistryProblems {
                assembly.problems += problems.problems.map { "plugin \(plugin.name): \($0)" }
            } catch {
                assembly.problems.append("plugin \(plugin.name): \(error)")
            }
        }
        for plugin in plugins {
            for command in plugin.commands { assembly.add(command, of: plugin.name) }
        }
        assembly.checkOrphans()
        guard assembly.problems.isEmpty else { throw RegistryProblems(assembly.problems) }
        disabled = overlay?.disabled ?? []
        let disabled = disabled
        commands = assembly.commands
        aliases = assembly.aliases
        descriptors = assembly.descriptors.filter { !disabled.contains($0.action) }
    }

    /// The command of an action or of one of its other names, if it is exposed on the request's channel.
    func command(_ name: Action, for request: CommandRequest) -> RegisteredCommand? {
        let found = commands[name] ?? aliases[name].flatMap { commands[$0] }
        guard let found, found.descriptor.channels.contains(request.channel),
            request.ignoresOverlay || !disabled.contains(found.descriptor.action)
        else { return nil }
        return found
    }

    /// The refusal of an unknown action, with the nearest known one.
    func unknown(_ name: Action, on channel: Channel) -> CommandFailure {
        let known = descriptors.filter { $0.channels.contains(channel) }.map(\.action.rawValue)
        let hint = Suggestion.nearest(to: name.rawValue, among: known).map { " Did you mean `\($0)`?" } ?? ""
        return CommandFailure(.actionNotFound, "There is no action `\(name.rawValue.prefix(100))`.\(hint)")
    }
}

/// The registry while it is put together, and all that is found wrong on the way.
private struct Assembly {
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
        guard let input = compile(descriptor.input, "input", of: action),
            let output = compile(descriptor.output, "output", of: action)
        else { return }
        let tightening = overlay?.inputs[action].flatMap { compile($0, "overlay input", of: action) }
        checkExamples(of: descriptor, input: input, output: output)
        commands[action] = RegisteredCommand(
            command: command, descriptor: descriptor, input: input, tightening: tightening)
        for alias in [Action(rawValue: action.camelCase)] + (overlay?.aliases[action] ?? []) where alias != action {
            if byAction[alias] != nil || aliases.updateValue(action, forKey: alias) != nil {
                problems.append("`\(alias)` cannot be another name of `\(action)`: it is taken")
            }
        }
    }

    mutating func checkOrphans() {
        for descriptor in descriptors where commands[descriptor.action] == nil {
            problems.append("`\(descriptor.action)` is described, but no plugin brings a command for it")
        }
        for action in overlay?.actions ?? [] where byAction[action] == nil {
            let hint = Suggestion.nearest(to: action.rawValue, among: byAction.keys.map(\.rawValue))
            problems.append("overlay: there is no action `\(action)`" + (hint.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }

    private mutating func compile(_ schema: JSONValue, _ what: String, of action: Action) -> Schema? {
        do {
            return try Schema(schema)
        } catch {
            problems += error.problems.map { "`\(action)` \(what) schema at \($0.pointer): \($0.message)" }
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
