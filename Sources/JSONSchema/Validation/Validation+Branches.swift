import JSON

extension Validation {
    /// Where a dynamic reference leads: to the outermost resource, of those on the way, that has its anchor.
    func dynamicTarget(_ reference: Program.DynamicReference) -> Int {
        for resource in scope {
            if let schema = reference.anchors[resource] { return schema }
        }
        return reference.initial
    }

    mutating func checkAll(_ branches: Branches, _ value: JSONValue) -> Bool {
        var fits = true
        for schema in branches.relevant(to: value) {
            if !check(schema, value) { fits = false }
            if !fits, !collects { return false }
        }
        return fits
    }

    mutating func checkAny(_ branches: Branches, _ value: JSONValue) -> Bool {
        var fits = false
        for schema in branches.relevant(to: value) where accepts(schema, value) {
            fits = true
            // The others may evaluate more.
            if !tracks { return true }
        }
        return fits || failClosest("anyOf", of: branches.all, value)
    }

    mutating func checkOne(_ branches: Branches, _ value: JSONValue) -> Bool {
        var count = 0
        for schema in branches.relevant(to: value) where accepts(schema, value) {
            count += 1
            if count > 1, !collects { return false }
        }
        switch count {
        case 1: return true
        case 0: return failClosest("oneOf", of: branches.all, value)
        default: return fail("oneOf", "must fit exactly one of the \(branches.all.count) allowed forms, fits \(count)")
        }
    }

    mutating func checkNot(_ schema: Int, _ value: JSONValue) -> Bool {
        let before = tracks ? evaluated : EvaluatedParts()
        defer { if tracks { evaluated = before } }
        return !accepts(schema, value) || fail("not", "must not be of this form", .got(value))
    }

    mutating func checkConditional(_ conditional: Program.Conditional, _ value: JSONValue) -> Bool {
        let schema = accepts(conditional.condition, value) ? conditional.then : conditional.otherwise
        return schema.map { check($0, value) } ?? true
    }
}
