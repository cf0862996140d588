import Engine
import JSON
import JSONSchema

/// Makes an input of pairs such as `license.seats=3`, by the schema of an action.
struct PairedInput {
    struct Pair: Equatable {
        let name: String
        let value: String

        /// Nil for a text without `=`.
        init?(_ argument: String) {
            guard let equals = argument.firstIndex(of: "=") else { return nil }
            name = String(argument[..<equals])
            value = String(argument[argument.index(after: equals)...])
        }

        init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Where a pair leads: the names of the objects and of the member, and the schemas that hold there.
    private struct Target {
        let names: [String]
        let value: PairValue
    }

    private let action: Action
    private let schema: FieldSchema
    /// What the operator's overlay asks for in addition.
    private let tightening: FieldSchema?

    init(_ descriptor: Descriptor) {
        action = descriptor.action
        schema = descriptor.inputSchema
        tightening = descriptor.tightening.map { FieldSchema($0) }
    }

    /// The input; `secret` is asked for the value of a secret field that is given as `-`.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT` with everything that is wrong with names and with JSON inside values;
    ///   whether the values are right is left to the schema.
    func input(_ pairs: [Pair], secret: (_ name: String) throws -> String) throws -> JSONValue {
        var object = JSONObject()
        var mistakes: [CommandFailure.FieldError] = []
        var seen: Set<String> = []
        var given: Set<[String]> = []
        for pair in pairs where seen.insert(pair.name).inserted {
            do throws(PairMistake) {
                let target = try target(of: pair.name)
                var texts = pairs.filter { $0.name == pair.name }.map(\.value)
                if texts.count > 1, !target.value.takesSeveral { throw PairMistake.twice(pair.name, target.names) }
                if target.value.isSecret {
                    do { texts = try texts.map { $0 == "-" ? try secret(pair.name) : $0 } } catch {
                        throw PairMistake("\(error)", target.names, "required")
                    }
                }
                let value = try target.value.read(texts, named: pair.name, at: target.names)
                // Its own JSON and its fields with dots could say different things.
                let isInside = (1..<target.names.count).contains { given.contains(Array(target.names.prefix($0))) }
                guard !isInside, object.insert(value, at: target.names[...]) else {
                    throw PairMistake.twice(pair.name, target.names)
                }
                given.insert(target.names)
            } catch {
                mistakes.append(error.field)
            }
        }
        guard mistakes.isEmpty else { throw CommandFailure.invalidInput(mistakes) }
        return .object(object)
    }

    private func target(of name: String) throws(PairMistake) -> Target {
        guard let (names, field) = Self.find(name, in: schema) else {
            let known = InputField.all(of: schema).map(\.name)
            let hint =
                Suggestion.nearest(to: name, among: known).map { " Did you mean `\($0)`?" }
                ?? (known.isEmpty ? " It has none." : " `usher commands \(action)` shows them.")
            throw PairMistake(
                "`\(name.prefix(100))` is not a field of `\(action)`.\(hint)",
                name.split(separator: ".").map(String.init), "additionalProperties")
        }
        var further = tightening
        for name in names { further = further?.property(name) }
        return Target(names: names, value: PairValue(field, tightening: further))
    }

    /// A field whose own name has dots in it comes before parts of objects.
    private static func find(_ name: String, in object: FieldSchema) -> (names: [String], field: FieldSchema)? {
        if let field = object.property(name) { return ([name], field) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for known in object.propertyNames where name.hasPrefix(known + ".") {
            guard let field = object.property(known), field.takes("object") else { continue }
            return find(String(name.dropFirst(known.count + 1)), in: field).map { ([known] + $0.names, $0.field) }
        }
        guard let others = object.others, !parts.contains(""), parts.count <= 8 else { return nil }
        return (parts, parts.count > 1 ? FieldSchema([:]) : others)
    }
}

/// What is wrong with a pair.
struct PairMistake: Error {
    let field: CommandFailure.FieldError

    init(_ message: String, _ names: [String], _ keyword: String) {
        field = CommandFailure.FieldError(pointer: JSONPointer(names).description, keyword: keyword, message: message)
    }

    static func twice(_ name: String, _ names: [String]) -> Self {
        Self("`\(name)` comes twice, or is a value and a group of values at once.", names, "uniqueItems")
    }
}
