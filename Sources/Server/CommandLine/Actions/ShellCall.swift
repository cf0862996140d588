import Engine
import JSON

/// A call of `usher run` as it can be pasted into a shell.
struct ShellCall {
    let words: [String]

    /// The call that sends `input`, in pairs where they say the same, and else as `--payload`.
    init(program: String, _ descriptor: Descriptor, _ input: JSONValue) {
        let pairs = Self.pairs(of: input, in: descriptor.inputSchema)
        let arguments: [String]
        if let pairs, Self.isSame(try? PairedInput(descriptor).input(pairs) { _ in "-" }, input) {
            arguments = pairs.map { "\($0.name)=\(Self.quoted($0.value))" }
        } else {
            arguments = ["--payload", Self.quoted(input.text)]
        }
        words = [program, "run", descriptor.action.rawValue] + arguments
    }

    /// Quoted where a shell would make something else of it.
    static func quoted(_ text: String) -> String {
        let plain = "_@%+=:,./-"
        if !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) || plain.contains($0) }) {
            return text
        }
        return "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// Secrets are asked for, and never shown.
    private static func pairs(of value: JSONValue, in schema: FieldSchema, named prefix: String = "")
        -> [PairedInput.Pair]?
    {
        guard let object = value.objectValue else { return nil }
        var pairs: [PairedInput.Pair] = []
        for (key, value) in object {
            let name = prefix + key
            let field = schema.property(key)
            switch value {
            case .object(let inner) where !inner.isEmpty:
                guard let field, let parts = Self.pairs(of: value, in: field, named: name + ".") else { return nil }
                pairs += parts
            case .array(let items):
                let texts = items.map(\.plainText)
                guard texts.allSatisfy({ !$0.contains(",") }) else { return nil }
                pairs.append(.init(name: name, value: texts.joined(separator: ",")))
            default: pairs.append(.init(name: name, value: field?.isSecret == true ? "-" : value.plainText))
            }
        }
        return pairs
    }

    /// Whether pairs say what was meant: `seats=5` is as good as the text "5" where a field takes both.
    private static func isSame(_ read: JSONValue?, _ meant: JSONValue) -> Bool {
        switch (read, meant) {
        case (.object(let read)?, .object(let meant)):
            read.count == meant.count && meant.allSatisfy { isSame(read[$0.0], $0.1) }
        case (.array(let read)?, .array(let meant)):
            read.count == meant.count && zip(read, meant).allSatisfy { isSame($0, $1) }
        case (.string("-")?, .string): true
        case (.null?, _), (_, .null): read == meant
        case (let read?, _): read.plainText == meant.plainText
        case (nil, _): false
        }
    }
}

extension JSONValue {
    /// A text without its quotes, and anything else as JSON.
    fileprivate var plainText: String { stringValue ?? text }
}
