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
        if type(of: command).isReadOnly != descriptor.effects.isReadOnly {
            problems.append("`\(action)`: `readOnly` among its effects is not what its command says")
        }
        let (laid, tightening) = layOver(descriptor, input: input, output: output)
        commands[action] = RegisteredCommand(
            command: command, descriptor: laid, input: input, tightening: tightening)
    }

    /// Takes what the overlay says of an action: its other names, the schema in addition, the examples.
    ///
    /// Those are looked at where the schemas of the action are given.
    mutating func layOver(_ descriptor: Descriptor, input: Schema?, output: Schema?) -> (Descriptor, Schema?) {
        let action = descriptor.action
        claim(descriptor.names, for: action, "`\(action)`")
        guard let overlay, let entry = overlay.changes[action] else { return (descriptor, nil) }
        claim(entry.aliases, for: action, overlay.place(action, "aliases"))
        // The operator need not say again which fields are secret.
        let secret = input?.secretNames ?? []
        let tightening = entry.input.flatMap { compile($0, overlay.place(action, "input"), secretNames: secret) }
        if let input, let addition = entry.input { checkFields(of: addition, of: action, in: input, overlay) }
        for (index, example) in entry.examples.enumerated() {
            let place = overlay.place(action, "examples", String(index))
            let inputs = [input, tightening].compactMap(\.self)
            report(inputs, refusing: example.input, "\(place)/input")
            if let answer = example.output { report([output].compactMap(\.self), refusing: answer, "\(place)/output") }
        }
        return (entry.applied(to: descriptor, tightening), tightening)
    }

    private mutating func claim(_ names: [Action], for action: Action, _ place: String) {
        for name in names where name != action {
            let owner = owner(of: name) ?? action
            if owner == action {
                aliases[name] = action
            } else {
                let reason = name == owner ? "there is an action of that name" : "`\(owner)` has it"
                problems.append("\(place): `\(name)` cannot be another name of `\(action)`: \(reason)")
            }
        }
    }

    /// The action that has a name already: its own, one of its document, or one that the overlay gave it before.
    private func owner(of name: Action) -> Action? {
        let described = descriptors.first { $0.names.contains(name) }
        return byAction[name]?.action ?? described?.action ?? aliases[name]
    }

    /// A field that no input can have is misspelt: asked for, it would refuse every call; described, none.
    private mutating func checkFields(of addition: JSONValue, of action: Action, in input: Schema, _ overlay: Overlay) {
        problems += UnknownFields(of: input, in: addition).found.map { field in
            let place = DocumentForm.place(
                in: overlay.name, JSONPointer(["commands", action.rawValue, "input"] + field.place))
            return "\(place): " + field.message.replacing("is not a field here", with: "is not a field of `\(action)`")
        }
    }

    mutating func checkOrphans() {
        for descriptor in descriptors where commands[descriptor.action] == nil {
            problems.append("`\(descriptor.action)` is described, but no plugin brings a command for it")
        }
        for descriptor in descriptors {
            guard let other = descriptor.deprecation?.replacement, byAction[other] == nil else { continue }
            problems.append("`\(descriptor.action)` is deprecated in favour of `\(other)`, which there is not")
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
    private mutating func compile(_ schema: JSONValue, _ place: String, secretNames: Set<String> = []) -> Schema? {
        var options = SchemaOptions.strict
        options.secretNames = secretNames
        do {
            return try Schema(schema, options: options)
        } catch {
            problems += error.problems.map { "\(place)\($0.pointer): \($0.message)" }
            return nil
        }
    }

    private mutating func checkExamples(of descriptor: Descriptor, input: Schema, output: Schema) {
        for (index, example) in descriptor.examples.enumerated() {
            let place = "`\(descriptor.action)` example \(index + 1), "
            report([input], refusing: example.input, place + "input")
            report([output], refusing: example.output ?? .null, place + "output")
        }
    }

    /// `place` goes before the pointer into the value.
    private mutating func report(_ schemas: [Schema], refusing value: JSONValue, _ place: String) {
        problems += schemas.flatMap { $0.validate(value) }.map { "\(place)\($0.pointer): \($0.message)" }
    }
}
