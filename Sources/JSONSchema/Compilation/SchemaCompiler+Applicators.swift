import JSON

extension SchemaCompiler {
    mutating func readProperties(_ value: JSONValue) {
        guard let object = object(value, "properties") else { return }
        var table = MemberTable.Draft()
        for name in object.keys {
            let schema = subschema(name)
            table.insert(name, schema)
            outline.properties[MemberName(name)] = schema
        }
        add(table, to: \.members, Instruction.members)
    }

    /// The table of members of the schema at hand, made by the first of the three keywords that share it.
    private mutating func withMembers(after keywords: String..., change: (inout MemberTable.Draft) -> Void) {
        if !keywords.contains(where: { schema[$0]?.objectValue != nil }) {
            add(MemberTable.Draft(), to: \.members, Instruction.members)
        }
        change(&tables.members[tables.members.count - 1])
    }

    mutating func readPatternProperties(_ value: JSONValue) {
        guard let object = object(value, "patternProperties") else { return }
        var patterns: [(expression: RegularExpression, schema: Int)] = []
        for pattern in object.keys {
            let schema = otherSubschema(pattern)
            guard let expression = expression(pattern, at: pattern) else { continue }
            patterns.append((expression, schema))
        }
        withMembers(after: "properties") { $0.patterns = patterns }
    }

    mutating func readAdditionalProperties(_ value: JSONValue) {
        let schema = otherSubschema()
        let others: MemberTable.Others = value == false ? .nothing : value == true ? .anything : .schema(schema)
        withMembers(after: "properties", "patternProperties") {
            $0.others = others
            $0.evaluatesOthers = true
        }
    }

    mutating func readPrefixItems(_ value: JSONValue) {
        guard let schemas = schemas(value, "prefixItems", inPlace: false) else { return }
        outline.others += schemas
        add(schemas, to: \.schemas, Instruction.prefixItems)
    }

    mutating func readItems(_ value: JSONValue) {
        let first = schema["prefixItems"]?.arrayValue?.count ?? 0
        let schema = otherSubschema()
        emit(value == false ? .noItems(first: first) : .items(first: first, schema: schema))
    }

    mutating func readContains(_ value: JSONValue) {
        let dialect = library.resources[node.resource].dialect
        let isCounted = dialect.vocabularies.contains(.validation)
        let minimum = isCounted ? schema["minContains"]?.intValue : nil
        let maximum = isCounted ? schema["maxContains"]?.intValue : nil
        add(
            Program.Contains(
                schema: otherSubschema(), minimum: minimum.map { Int($0) } ?? 1, maximum: maximum.map { Int($0) }),
            to: \.contains, Instruction.contains)
    }

    mutating func readBranches(_ value: JSONValue, _ name: String, _ instruction: (Int) -> Instruction) {
        guard let schemas = schemas(value, name, inPlace: true), let branches = value.arrayValue else { return }
        let hasValidation = library.resources[node.resource].dialect.vocabularies.contains(.validation)
        let cases = name == "allOf" ? BranchCases(ofConditions: branches) : BranchCases(ofForms: branches)
        add(Branches(schemas, hasValidation ? cases.lists(of: schemas) : nil), to: \.branches, instruction)
    }

    mutating func readConditional() {
        let condition = subschemaInPlace()
        let then = schema["then"] == nil ? nil : subschemaInPlace(of: "then")
        let otherwise = schema["else"] == nil ? nil : subschemaInPlace(of: "else")
        add(
            Program.Conditional(condition: condition, then: then, otherwise: otherwise), to: \.conditionals,
            Instruction.conditional)
    }

    mutating func readDependentSchemas(_ value: JSONValue) {
        guard let object = object(value, "dependentSchemas") else { return }
        let schemas = object.keys.map { (name: $0, schema: subschemaInPlace($0)) }
        add(schemas, to: \.dependentSchemas, Instruction.dependentSchemas)
    }

    /// A list of names is what `dependentRequired` is now, a schema what `dependentSchemas` is.
    mutating func readDependencies(_ value: JSONValue) {
        guard let object = object(value, "dependencies") else { return }
        var dependents: [(name: String, required: [String])] = []
        var schemas: [(name: String, schema: Int)] = []
        for (name, value) in object {
            if value.arrayValue == nil {
                schemas.append((name, subschemaInPlace(name)))
            } else if let required = names(value, what: "`\(name)` of `dependencies`") {
                dependents.append((name, required))
            }
        }
        add(dependents, to: \.dependents, Instruction.dependentRequired)
        add(schemas, to: \.dependentSchemas, Instruction.dependentSchemas)
    }
}
