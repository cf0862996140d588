import JSON

extension Validation {
    /// Carries out one instruction; whether `value` fits.
    mutating func perform(_ instruction: Instruction, _ value: JSONValue) -> Bool {
        switch instruction {
        case .never: fail("false", "is not allowed here")
        case .type(let types, let names): checkType(types, names, value)
        case .enumeration(let place): checkEnumeration(place, value)
        case .constant(let place): checkConstant(program.tables.values[place], value)
        case .members(let place):
            if case .object(let object) = value { checkMembers(program.members[place], object) } else { true }
        case .items(let first, let schema):
            if case .array(let items) = value { checkItems(first, schema, items) } else { true }
        case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf: checkNumber(instruction, value)
        case .minLength, .maxLength, .pattern, .format: checkText(instruction, value)
        case .minItems, .maxItems, .uniqueItems, .prefixItems, .noItems, .contains, .unevaluatedItems:
            checkArray(instruction, value)
        case .required, .minProperties, .maxProperties, .dependentRequired, .propertyNames, .dependentSchemas,
            .unevaluatedProperties:
            checkObject(instruction, value)
        case .reference(let schema): check(schema, value)
        case .dynamicReference(let place): check(dynamicTarget(program.tables.dynamicReferences[place]), value)
        case .allOf(let place): checkAll(program.tables.branches[place], value)
        case .anyOf(let place): checkAny(program.tables.branches[place], value)
        case .oneOf(let place): checkOne(program.tables.branches[place], value)
        case .not(let schema): checkNot(schema, value)
        case .conditional(let place): checkConditional(program.tables.conditionals[place], value)
        }
    }

    private mutating func checkType(_ types: TypeSet, _ names: Int, _ value: JSONValue) -> Bool {
        if types.contains(typeOf: value) { return true }
        let names = program.tables.names[names]
        return fail("type", TypeSet.rule(names), .got(value), kind: .type(names))
    }

    private mutating func checkEnumeration(_ place: Int, _ value: JSONValue) -> Bool {
        let choices = program.tables.enumerations[place]
        if choices.contains(value) { return true }
        return fail("enum", Wording.choice(of: choices), .got(value), kind: .choice(choices))
    }

    private mutating func checkConstant(_ constant: JSONValue, _ value: JSONValue) -> Bool {
        if value == constant { return true }
        return fail("const", Wording.choice(of: [constant]), .got(value), kind: .choice([constant]))
    }

    private mutating func checkNumber(_ instruction: Instruction, _ value: JSONValue) -> Bool {
        guard case .number(let number) = value else { return true }
        switch instruction {
        case .minimum(let place):
            if number >= program.tables.numbers[place] { return true }
            return fail("minimum", "must be at least", place, value)
        case .maximum(let place):
            if number <= program.tables.numbers[place] { return true }
            return fail("maximum", "must be at most", place, value)
        case .exclusiveMinimum(let place):
            if number > program.tables.numbers[place] { return true }
            return fail("exclusiveMinimum", "must be more than", place, value)
        case .exclusiveMaximum(let place):
            if number < program.tables.numbers[place] { return true }
            return fail("exclusiveMaximum", "must be less than", place, value)
        case .multipleOf(let place):
            if number.isMultiple(of: program.tables.numbers[place]) { return true }
            return fail("multipleOf", "must be a multiple of", place, value)
        default: return true
        }
    }

    private mutating func fail(_ keyword: String, _ relation: String, _ place: Int, _ value: JSONValue) -> Bool {
        let limit = program.tables.numbers[place]
        return fail(keyword, "\(relation) \(limit)", .got(value))
    }

    private mutating func checkText(_ instruction: Instruction, _ value: JSONValue) -> Bool {
        guard case .string(let text) = value else { return true }
        switch instruction {
        case .minLength(let limit): return checkMinimumLength(limit, text, value)
        case .maxLength(let limit):
            // A code point takes at least one byte.
            if text.utf8.count <= limit { return true }
            let count = text.unicodeScalars.count
            return count <= limit || fail("maxLength", "must have at most \(Wording.characters(limit))", .has(count))
        case .pattern(let place):
            let expression = program.tables.expressions[place]
            return expression.matches(text)
                || fail("pattern", "must match the pattern \(Wording.pattern(expression.pattern))", .got(value))
        case .format(let place):
            if program.tables.formats[place].accepts(text) { return true }
            let phrase = program.tables.formats[place].phrase
            return fail("format", "must be \(phrase)", .got(value))
        default: return true
        }
    }

    private mutating func checkMinimumLength(_ limit: Int, _ text: String, _ value: JSONValue) -> Bool {
        // A code point takes at most four bytes.
        if text.utf8.count / 4 >= limit { return true }
        let count = text.unicodeScalars.count
        if count >= limit { return true }
        let isToldWhole = outline.expected != nil
        return fail(
            "minLength", limit == 1 ? "must not be empty" : "must have at least \(Wording.characters(limit))",
            isToldWhole ? .got(value) : count == 0 ? .nothing : .has(count))
    }
}
