import JSON

/// What an operator lays over the shipped commands: tighter inputs, actions switched off, other names.
///
/// The form is `{"version":1,"commands":{"create-user":{"input":<schema>,"disabled":false,"aliases":["add-user"]}}}`.
/// An input schema applies in addition to the shipped one, so it can only tighten.
public struct Overlay: Sendable {
    let actions: [Action]
    let inputs: [Action: JSONValue]
    /// The actions that are switched off.
    public let disabled: Set<Action>
    /// The further names of actions.
    public let aliases: [Action: [Action]]

    /// - Throws: ``RegistryProblems`` with every mistake in its form.
    public init(parsing bytes: [UInt8], name: String) throws(RegistryProblems) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw RegistryProblems(["\(name) is not JSON: \(error.message)"])
        }
        guard document["version"] == 1, let commands = document["commands"]?.objectValue else {
            throw RegistryProblems(["\(name) must be an object with `\"version\": 1` and `commands`"])
        }
        var reader = Reader(name: name)
        for key in document.objectValue?.keys ?? [] where !["$schema", "version", "commands"].contains(key) {
            reader.problems.append("\(name): `\(key)` is not a member of an overlay")
        }
        for (key, entry) in commands { reader.read(Action(rawValue: key), entry) }
        guard reader.problems.isEmpty else { throw RegistryProblems(reader.problems) }
        actions = commands.keys.map(Action.init(rawValue:))
        inputs = reader.inputs
        disabled = reader.disabled
        aliases = reader.aliases
    }

    /// Collects what the entries say, and everything in them that is not understood.
    private struct Reader {
        let name: String
        var problems: [String] = []
        var inputs: [Action: JSONValue] = [:]
        var disabled: Set<Action> = []
        var aliases: [Action: [Action]] = [:]

        init(name: String) {
            self.name = name
        }

        mutating func read(_ action: Action, _ entry: JSONValue) {
            guard let members = entry.objectValue else {
                return problem(action, "must be an object, such as {\"disabled\": true}")
            }
            for (member, value) in members {
                switch (member, value) {
                case ("input", .object): inputs[action] = value
                case ("disabled", .bool(let isDisabled)): if isDisabled { disabled.insert(action) }
                case ("aliases", .array(let names)): aliases[action] = names.compactMap { alias($0, of: action) }
                default:
                    problem(
                        action,
                        "has `\(member)`; it takes `input` (a JSON Schema), `disabled` (true or false) and `aliases` (a list)"
                    )
                }
            }
        }

        private mutating func alias(_ value: JSONValue, of action: Action) -> Action? {
            let alias = value.stringValue.map(Action.init(rawValue:))
            if let alias, alias.isWellFormed { return alias }
            problem(action, "has the alias \(value.text), which is no name in kebab-case")
            return nil
        }

        private mutating func problem(_ action: Action, _ sentence: String) {
            problems.append("\(name): `\(action)` \(sentence)")
        }
    }
}
