import JSON

extension Validation {
    mutating func checkObject(_ instruction: Instruction, _ value: JSONValue) -> Bool {
        guard case .object(let object) = value else { return true }
        switch instruction {
        case .minProperties(let limit):
            let count = object.count
            return count >= limit
                || fail(
                    "minProperties",
                    limit == 1 ? "must not be empty" : "must have at least \(Wording.fields(limit))",
                    count == 0 ? .nothing : .has(count))
        case .maxProperties(let limit):
            return object.count <= limit
                || fail("maxProperties", "must have at most \(Wording.fields(limit))", .has(object.count))
        case .required(let place): return checkRequired(program.tables.names[place], object)
        case .dependentRequired(let place): return checkDependents(program.tables.dependents[place], object)
        case .propertyNames(let schema): return checkNames(schema, object)
        case .dependentSchemas(let place):
            return checkDependentSchemas(program.tables.dependentSchemas[place], object, value)
        case .unevaluatedProperties(let schema): return checkUnevaluated(schema, object)
        default: return true
        }
    }

    private mutating func checkRequired(_ names: [String], _ object: JSONObject) -> Bool {
        var fits = true
        for name in names where object.place(of: name) == nil {
            fits = fail("required", member: name, { "\($0) is required" }, kind: .missing)
            if !collects { return false }
        }
        return fits
    }

    private mutating func checkDependents(_ dependents: [(name: String, required: [String])], _ object: JSONObject)
        -> Bool
    {
        var fits = true
        for (name, required) in dependents where object.place(of: name) != nil {
            for other in required where object.place(of: other) == nil {
                fits = fail("dependentRequired", member: other, { "\($0) is required where `\(name)` is given" })
                if !collects { return false }
            }
        }
        return fits
    }

    private mutating func checkDependentSchemas(
        _ schemas: [(name: String, schema: Int)], _ object: JSONObject, _ value: JSONValue
    ) -> Bool {
        var fits = true
        for (name, schema) in schemas where object.place(of: name) != nil {
            if !check(schema, value) { fits = false }
            if !fits, !collects { return false }
        }
        return fits
    }

    private mutating func checkNames(_ schema: Int, _ object: JSONObject) -> Bool {
        var fits = true
        for (ordinal, member) in object.members.enumerated() {
            if !check(schema, name: member.key, ordinal: ordinal) { fits = false }
            if !fits, !collects { return false }
        }
        return fits
    }

    mutating func checkMembers(_ table: MemberTable, _ object: JSONObject) -> Bool {
        if isPlain, table.patterns.isEmpty { return checkPlainMembers(table, object) }
        var fits = true
        var seen: UInt64 = 0
        for ordinal in object.members.indices {
            if !checkMember(table, ordinal, object, &seen) { fits = false }
            if !fits, !collects { return false }
        }
        if tracks, table.evaluatesOthers { evaluated.hasAll = true }
        if seen == table.allRequired { return fits }
        return collects ? checkRequired(table.required, object) : false
    }

    /// The usual case: nobody collects, no patterns.
    private mutating func checkPlainMembers(_ table: MemberTable, _ object: JSONObject) -> Bool {
        if let (name, entry) = table.only {
            guard let place = object.place(of: name) else { return table.allRequired == 0 }
            return entry.schema < 0 || check(entry.schema, object.members[place].value)
        }
        var seen: UInt64 = 0
        let members = object.members
        var place = 0
        while place < members.count {
            let schema: Int
            if let entry = table.entry(of: members[place].key) {
                seen |= entry.bit
                schema = entry.schema >= 0 ? entry.schema : table.schemaOfOthers
            } else {
                schema = table.schemaOfOthers
            }
            if schema == MemberTable.refusing { return false }
            if schema >= 0, !check(schema, members[place].value) { return false }
            place += 1
        }
        return seen == table.allRequired
    }

    private mutating func checkMember(
        _ table: MemberTable, _ ordinal: Int, _ object: JSONObject, _ seen: inout UInt64
    ) -> Bool {
        let name = object.members[ordinal].key
        var fits = true
        var isKnown = false
        if let entry = table.entry(of: name) {
            seen |= entry.bit
            if entry.schema >= 0 {
                isKnown = true
                fits = check(entry.schema, member: name, ordinal: ordinal, object.members[ordinal].value)
            }
        }
        if !table.patterns.isEmpty {
            for (expression, schema) in table.patterns where expression.matches(name) {
                isKnown = true
                let value = object.members[ordinal].value
                if fits || collects, !check(schema, member: name, ordinal: ordinal, value) { fits = false }
            }
        }
        guard !isKnown else {
            if tracks { evaluated.insert(ordinal) }
            return fits
        }
        switch table.others {
        case .anything: return true
        case .schema(let schema):
            return check(schema, member: name, ordinal: ordinal, object.members[ordinal].value)
        case .nothing:
            return failUnknown("additionalProperties", name, ordinal, object, known: { _ in table.properties })
        }
    }

    private mutating func checkUnevaluated(_ schema: Int, _ object: JSONObject) -> Bool {
        var fits = true
        let isClosed = program.isNever(schema)
        for (ordinal, member) in object.members.enumerated() where !evaluated.contains(ordinal) {
            if isClosed {
                let known = { (run: borrowing Validation) in run.propertiesInPlace }
                fits = failUnknown("unevaluatedProperties", member.key, ordinal, object, known: known)
            } else if !check(schema, member: member.key, ordinal: ordinal, member.value) {
                fits = false
            }
            if !fits, !collects { return false }
        }
        evaluated.hasAll = true
        return fits
    }

    /// The names that the schema at hand knows, also by way of others that it applies to the same value.
    private var propertiesInPlace: [String] {
        let nodes = program.inPlace(of: outline.inPlace + outline.dynamic)
        let outlines = [outline] + nodes.map { program.outlines[$0] }
        return outlines.flatMap { $0.properties.keys.map(\.text) }
    }

    private mutating func failUnknown(
        _ keyword: String, _ name: String, _ ordinal: Int, _ object: JSONObject,
        known: (borrowing Validation) -> [String]
    ) -> Bool {
        guard collects else { return false }
        // A field that is given already is not the one that was meant.
        let candidates = known(self).filter { object.place(of: $0) == nil }
        let path = path
        let hint = Suggestion.nearest(to: name, among: candidates).map { near in
            ". Did you mean \(Wording.subject(path + [Step(token: near, ordinal: -1)]))?"
        }
        return fail(keyword, member: name, ordinal: ordinal, { "\($0) is not a field here\(hint ?? "")" })
    }
}

extension Program {
    /// Whether a schema is `false`.
    func isNever(_ schema: Int) -> Bool {
        guard let first = nodes[schema].instructions.first, case .never = instructions[first] else { return false }
        return true
    }
}
