public import JSON
import JSONSchema

/// What an operator lays over the shipped commands: tighter inputs, examples, other names, actions switched off.
///
/// The form is that of an overlay in `commands.schema.json`, such as
/// `{"version":1,"commands":{"create-user":{"input":<schema>,"disabled":false,"aliases":["add-user"]}}}`.
/// An input schema applies in addition to the shipped one, so it can only tighten.
public struct Overlay: Sendable {
    /// What it says of one action.
    struct Entry: Sendable {
        let input: JSONValue?
        let isDisabled: Bool
        let aliases: [Action]
        let examples: [Descriptor.Example]
    }

    /// The file that it was read from, for messages.
    let name: String
    /// The entries by action, as they were written.
    public let entries: JSONObject
    /// What is wrong with its form; ``Registry`` reports it together with what does not fit the commands.
    let problems: [String]
    let changes: [Action: Entry]

    /// Reads an overlay from its text; ``mistakes(for:)`` and ``Registry`` tell what is wrong with it.
    public init(parsing bytes: [UInt8], name: String) {
        self.name = name
        let (content, problems) = DocumentForm.overlay.read(bytes, name: name)
        self.problems = problems
        entries = content["commands"]?.objectValue ?? [:]
        changes = Dictionary(entries.map { (Action(rawValue: $0), Entry($1)) }) { first, _ in first }
    }

    /// The actions that are switched off.
    public var disabled: Set<Action> { Set(changes.filter(\.value.isDisabled).keys) }

    /// Everything that is wrong with it for the actions of `documents`, a sentence each with its place.
    public func mistakes(for documents: [DescriptorDocument]) -> [String] {
        var assembly = RegistryAssembly(overlay: self)
        documents.forEach { assembly.addDescriptors(of: $0) }
        assembly.problems = []
        assembly.checkOverlay()
        for descriptor in assembly.descriptors {
            let entry = changes[descriptor.action]
            let isAsked = entry?.examples.isEmpty == false || entry?.input != nil
            _ = assembly.layOver(
                descriptor, input: isAsked ? try? Schema(descriptor.input) : nil,
                output: isAsked ? try? Schema(descriptor.output) : nil)
        }
        return assembly.problems
    }

    /// The descriptors as it leaves them, without those of actions that are switched off.
    ///
    /// It has to be without ``mistakes(for:)``.
    public func applied(to descriptors: [Descriptor]) -> [Descriptor] {
        descriptors.compactMap { descriptor in
            guard let entry = changes[descriptor.action] else { return descriptor }
            let tightening = entry.input.flatMap { try? Schema($0) }
            return entry.isDisabled ? nil : entry.applied(to: descriptor, tightening)
        }
    }

    /// Where a member of an entry is: the file, and a JSON Pointer.
    func place(_ action: Action, _ tokens: String...) -> String {
        DocumentForm.place(in: name, JSONPointer(["commands", action.rawValue] + tokens))
    }
}

extension Overlay.Entry {
    /// Takes what an entry says; what has not the form of one is a problem already, and counts for nothing.
    fileprivate init(_ entry: JSONValue) {
        input = entry["input"]?.objectValue.map(JSONValue.object)
        isDisabled = entry["disabled"]?.boolValue ?? false
        aliases = .init(entry["aliases"])
        examples = .init(entry["examples"]?.arrayValue.map { .array($0.filter { $0["input"] != nil }) })
    }

    /// A descriptor as this leaves it: the operator's examples first, then those of the shipped ones that still fit.
    func applied(to descriptor: Descriptor, _ tightening: Schema?) -> Descriptor {
        var descriptor = descriptor
        descriptor.aliases += aliases
        descriptor.tightening = input
        descriptor.examples = examples + descriptor.examples.filter { tightening?.accepts($0.input) ?? true }
        return descriptor
    }
}
