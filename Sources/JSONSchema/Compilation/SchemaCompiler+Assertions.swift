import JSON

extension SchemaCompiler {
    mutating func readType(_ value: JSONValue) {
        let names = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue) ?? []
        let isWhole = value.stringValue != nil || value.arrayValue?.count == names.count
        let types = names.compactMap { TypeSet.named[$0]?.type }
        guard isWhole, !names.isEmpty, Set(names).count == names.count, types.count == names.count else {
            return problem("`type` must be one or some of \(Wording.list(TypeSet.named.keys.sorted())).")
        }
        tables.names.append(names)
        emit(.type(TypeSet(types), names: tables.names.count - 1))
    }

    mutating func readEnumeration(_ value: JSONValue) {
        guard let choices = value.arrayValue else { return problem("`enum` must be a list of values.") }
        add(choices, to: \.enumerations, Instruction.enumeration)
    }

    mutating func readBound(_ value: JSONValue, _ name: String, _ instruction: (Int) -> Instruction) {
        guard let number = value.numberValue else { return problem("`\(name)` must be a number.") }
        add(number, to: \.numbers, instruction)
    }

    mutating func readMultipleOf(_ value: JSONValue) {
        guard let divisor = value.numberValue, divisor > JSONNumber(0) else {
            return problem("`multipleOf` must be a number above 0.")
        }
        add(divisor, to: \.numbers, Instruction.multipleOf)
    }

    mutating func readLimit(_ value: JSONValue, _ name: String, _ instruction: (Int) -> Instruction) {
        if let limit = count(value, name) { emit(instruction(limit)) }
    }

    mutating func readPattern(_ value: JSONValue) {
        guard let pattern = value.stringValue else { return problem("`pattern` must be a regular expression.") }
        guard let expression = expression(pattern) else { return }
        add(expression, to: \.expressions, Instruction.pattern)
    }

    mutating func readFormat(_ value: JSONValue) {
        guard let name = value.stringValue else { return problem("`format` must be the name of a format.") }
        // It only says that the value is a secret, as in OpenAPI.
        if name == "password" { return }
        guard let format = Format.all[name] else {
            if options.refusesUnknown {
                let known = Format.all.keys.sorted() + ["password"]
                problem("The format \(value.text) is not known here, only \(Wording.list(known, "and")).")
            }
            return
        }
        let isAsserted =
            switch options.formats {
            case .asserted: true
            case .byVocabulary: library.resources[node.resource].dialect.vocabularies.contains(.formatAssertion)
            }
        if isAsserted { add(format, to: \.formats, Instruction.format) }
    }

    mutating func readUniqueItems(_ value: JSONValue) {
        guard let isWanted = value.boolValue else { return problem("`uniqueItems` must be true or false.") }
        if isWanted { emit(.uniqueItems) }
    }

    mutating func readRequired(_ value: JSONValue) {
        guard let names = names(value, what: "`required`") else { return }
        add(names, to: \.names, Instruction.required)
    }

    mutating func readDependentRequired(_ value: JSONValue) {
        guard let object = object(value, "dependentRequired") else { return }
        var dependents: [(name: String, required: [String])] = []
        for (name, value) in object {
            guard let required = names(value, what: "`\(name)` of `dependentRequired`") else { continue }
            dependents.append((name, required))
        }
        add(dependents, to: \.dependents, Instruction.dependentRequired)
    }
}
