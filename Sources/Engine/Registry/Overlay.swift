public import JSON

/// What an operator lays over the shipped commands: tighter inputs, actions switched off, other names.
///
/// The form is `{"version":1,"commands":{"create-user":{"input":<schema>,"disabled":false,"aliases":["add-user"]}}}`.
/// An input schema applies in addition to the shipped one, so it can only tighten.
public struct Overlay: Sendable {
    /// The file that it was read from, for messages.
    let name: String
    /// The entries by action, as they were written.
    public let entries: JSONObject
    /// What is wrong with its form; ``Registry`` reports it together with what does not fit the commands.
    let problems: [String]
    let inputs: [Action: JSONValue]
    /// The actions that are switched off.
    public let disabled: Set<Action>
    /// The further names of actions.
    public let aliases: [Action: [Action]]

    /// Reads an overlay from its text; ``mistakes(for:)`` and ``Registry`` tell what is wrong with it.
    public init(parsing bytes: [UInt8], name: String) {
        self.name = name
        var reader = Reader(name: name)
        entries = reader.entries(bytes)
        for (key, entry) in entries { reader.read(Action(rawValue: key), entry) }
        problems = reader.problems
        inputs = reader.inputs
        disabled = reader.disabled
        aliases = reader.aliases
    }

    /// Everything that is wrong with it for the actions of `documents`, a sentence each with its place.
    public func mistakes(for documents: [DescriptorDocument]) -> [String] {
        var assembly = RegistryAssembly(overlay: self)
        documents.forEach { assembly.addDescriptors(of: $0) }
        assembly.problems = []
        for descriptor in assembly.descriptors { _ = assembly.layOver(descriptor.action) }
        assembly.checkOverlay()
        return assembly.problems
    }

    /// Where a member of an entry is: the file, and a JSON Pointer.
    func place(_ action: Action, _ tokens: String...) -> String {
        Self.place(in: name, ["commands", action.rawValue] + tokens)
    }

    private static func place(in name: String, _ tokens: [String]) -> String { "\(name): \(JSONPointer(tokens))" }

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

        mutating func entries(_ bytes: [UInt8]) -> JSONObject {
            let document: JSONValue
            do {
                document = try JSONValue(parsing: bytes)
            } catch {
                problems.append("\(name) is not JSON: \(error.message)")
                return [:]
            }
            for key in document.objectValue?.keys ?? [] where !["$schema", "version", "commands"].contains(key) {
                problem([key], "is not a member of an overlay")
            }
            guard document["version"] == 1, let commands = document["commands"]?.objectValue else {
                problems.append("\(name) must be an object with `\"version\": 1` and `commands`")
                return [:]
            }
            return commands
        }

        mutating func read(_ action: Action, _ entry: JSONValue) {
            guard let members = entry.objectValue else {
                return problem(["commands", action.rawValue], "must be an object, such as {\"disabled\": true}")
            }
            for (member, value) in members {
                switch (member, value) {
                case ("input", .object): inputs[action] = value
                case ("disabled", .bool(let isDisabled)): if isDisabled { disabled.insert(action) }
                case ("aliases", .array(let names)): read(aliases: names, of: action)
                default:
                    problem(
                        ["commands", action.rawValue, member],
                        "is not understood; there are `input` (a JSON Schema), `disabled` (true or false) and `aliases` (a list)"
                    )
                }
            }
        }

        private mutating func read(aliases names: [JSONValue], of action: Action) {
            for (index, value) in names.enumerated() {
                let alias = value.stringValue.map(Action.init(rawValue:))
                if let alias, alias.isWellFormed {
                    aliases[action, default: []].append(alias)
                } else {
                    problem(
                        ["commands", action.rawValue, "aliases", String(index)],
                        "is \(value.text), which is no name in kebab-case")
                }
            }
        }

        private mutating func problem(_ tokens: [String], _ sentence: String) {
            problems.append("\(Overlay.place(in: name, tokens)) \(sentence)")
        }
    }
}
