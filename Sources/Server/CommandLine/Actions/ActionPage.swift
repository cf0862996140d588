import Engine
import JSON

/// An action, described for people: `usher commands ACTION`.
struct ActionPage {
    let descriptor: Descriptor
    /// Whether the operator's overlay switches it off.
    let isDisabled: Bool
    /// The name of the program in examples.
    let program: String
    let layout: TextLayout

    /// Sections with an empty line between them, and without one at the end.
    var text: String {
        ([head, facts, input, tightening, output] + descriptor.examples.indices.map(example))
            .compactMap(\.self).joined(separator: "\n\n")
    }

    private var head: String {
        let title = layout.paragraph("\(descriptor.action): \(descriptor.summary)", hanging: 2)
        return title + "\n\n" + layout.paragraph(descriptor.description, indent: 2)
    }

    private var facts: String {
        let others = descriptor.names.dropFirst().map(\.rawValue)
        var lines = [(String, String)]()
        if isDisabled {
            lines.append(("Disabled", "the operator's overlay switches it off, and nobody can call it"))
        }
        if let deprecation = descriptor.deprecation {
            let instead = deprecation.replacement.map { " Call `\($0)` instead." } ?? ""
            lines.append(("Deprecated", "since \(deprecation.date). \(deprecation.reason)\(instead)"))
        }
        lines.append(("Called by", callers))
        if !others.isEmpty { lines.append(("Also called", others.joined(separator: ", "))) }
        lines.append(("Effects", effects))
        if !descriptor.rateLimits.isEmpty {
            lines.append(("Limited by", descriptor.rateLimits.joined(separator: ", ")))
        }
        if let since = descriptor.since { lines.append(("Since", since)) }
        return lines.map { layout.paragraph("\($0): \($1)", indent: 2, hanging: 2) }.joined(separator: "\n")
    }

    private var callers: String {
        let words: [(Channel, String)] = [
            (.webhook, "webhook tokens"), (.cli, "`\(program) run`"), (.http, "a route of its own, see docs/api.md"),
        ]
        return FieldWords.joined(words.filter { descriptor.channels.contains($0.0) }.map(\.1), by: "and")
    }

    private var effects: String {
        let effects = descriptor.effects
        var words: [String] = []
        if effects.isReadOnly { words.append("changes nothing") }
        if effects.isDestructive { words.append("ends, removes or overwrites something") }
        if !effects.isReadOnly {
            words.append(
                effects.isIdempotent ? "the same call again changes nothing more" : "sent twice, it can act twice")
        }
        if !effects.mails.isEmpty { words.append("can mail \(effects.mails.joined(separator: ", "))") }
        return words.joined(separator: "; ")
    }

    // MARK: Input

    private var input: String {
        let schema = descriptor.inputSchema
        let fields = InputField.all(of: schema)
        guard !fields.isEmpty else { return "Input\n  None." }
        let width = min(fields.map(\.name.count).max() ?? 0, 24)
        var lines = ["Input"]
        if !schema.alternatives.isEmpty {
            let names = schema.alternatives.map { "`\($0)`" }
            lines.append(layout.paragraph("One is required: \(FieldWords.joined(names)).", indent: 2))
        }
        return (lines + fields.map { entry(of: $0, width: width) }).joined(separator: "\n")
    }

    private func entry(of field: InputField, width: Int) -> String {
        let words = FieldWords(field.schema)
        var traits = [words.type]
        if field.isRequired {
            traits.append(field.parent.map { "required with `\($0)`" } ?? "required")
        } else {
            traits.append(words.standard.map { "default `\($0)`" } ?? "optional")
        }
        if field.schema.isSecret { traits.append("secret: `\(field.name)=-` asks for it") }
        let padding = String(repeating: " ", count: max(width - field.name.count, 0) + 2)
        let head = layout.paragraph(
            field.name + padding + traits.joined(separator: ", "), indent: 2, hanging: width + 2)
        let isTightened = tighteningSchema.map { field.isTightened(by: $0) } ?? false
        let sentences = [
            field.schema["description"]?.stringValue, words.expectation.map { "Takes \($0)." },
            isTightened ? "The operator's overlay asks for more, see below." : nil,
        ]
        return ([head] + sentences.compactMap(\.self).map { layout.paragraph($0, indent: 6) }).joined(separator: "\n")
    }

    private var tighteningSchema: FieldSchema? { descriptor.tightening.map { FieldSchema($0) } }

    private var tightening: String? {
        descriptor.tightening.map { schema in
            "The operator's overlay asks of inputs in addition (JSON Schema)\n" + indented(schema)
        }
    }

    // MARK: Output and examples

    private var output: String {
        let schema = FieldSchema(descriptor.output)
        let about = [schema["title"]?.stringValue, schema["description"]?.stringValue].compactMap(\.self)
        var sentences = about.isEmpty ? [] : [about.joined(separator: ": ")]
        if let constant = schema["const"] { sentences.append("Always `\(constant.text)`.") }
        let names = schema.propertyNames
        if !names.isEmpty { sentences.append("Members: \(names.joined(separator: ", ")).") }
        if sentences.isEmpty { sentences.append("JSON: \(FieldWords(schema).type).") }
        return (["Output"] + sentences.map { layout.paragraph($0, indent: 2, hanging: 2) }).joined(separator: "\n")
    }

    private func example(_ place: Int) -> String {
        let example = descriptor.examples[place]
        var lines = [descriptor.examples.count > 1 ? "Example \(place + 1)" : "Example"]
        if descriptor.channels.contains(.cli) {
            lines.append(layout.call(ShellCall(program: program, descriptor, example.input).words, indent: 2))
        }
        lines += ["  As JSON:", indented(example.input)]
        if let output = example.output, output.text.count <= 200 { lines += ["  Output:", indented(output)] }
        return lines.joined(separator: "\n")
    }

    /// JSON on one line where it fits, and otherwise on several.
    private func indented(_ value: JSONValue) -> String {
        let line = value.text
        let text = line.count <= 72 ? line : String(decoding: value.serialized(pretty: true), as: UTF8.self)
        return text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    }
}

extension InputField {
    /// Whether an operator's schema says something of this very field.
    fileprivate func isTightened(by input: FieldSchema) -> Bool {
        var (schema, names) = (input, name.split(separator: ".").map(String.init))
        let last = names.removeLast()
        for name in names {
            guard let next = schema.property(name) else { return false }
            schema = next
        }
        return schema.property(last) != nil || schema.requires(last)
    }
}
