import JSON

/// What an operator lays over the shipped commands: tighter inputs, actions switched off, other names.
///
/// The form is `{"version":1,"commands":{"create-user":{"input":<schema>,"disabled":false,"aliases":["add-user"]}}}`.
/// An input schema applies in addition to the shipped one, so it can only tighten.
public struct Overlay: Sendable {
    let actions: [Action]
    let inputs: [Action: JSONValue]
    let disabled: Set<Action>
    let aliases: [Action: [Action]]

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
        var problems: [String] = []
        var inputs: [Action: JSONValue] = [:]
        var disabled: Set<Action> = []
        var aliases: [Action: [Action]] = [:]
        for (key, entry) in commands {
            let action = Action(rawValue: key)
            for (member, value) in entry.objectValue ?? [:] {
                switch (member, value) {
                case ("input", .object): inputs[action] = value
                case ("disabled", .bool(let isDisabled)): if isDisabled { disabled.insert(action) }
                case ("aliases", .array(let names)):
                    aliases[action] = names.compactMap { $0.stringValue.map(Action.init(rawValue:)) }
                default:
                    problems.append(
                        "\(name): `\(key)` has `\(member)`; it takes `input` (a JSON Schema), `disabled` (true or false) "
                            + "and `aliases` (a list of names)")
                }
            }
        }
        guard problems.isEmpty else { throw RegistryProblems(problems) }
        actions = commands.keys.map(Action.init(rawValue:))
        self.inputs = inputs
        self.disabled = disabled
        self.aliases = aliases
    }
}
