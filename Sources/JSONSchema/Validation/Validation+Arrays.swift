import JSON

extension Validation {
    mutating func checkArray(_ instruction: Instruction, _ value: JSONValue) -> Bool {
        guard case .array(let items) = value else { return true }
        switch instruction {
        case .minItems(let limit):
            return items.count >= limit
                || fail(
                    "minItems", limit == 1 ? "must not be empty" : "must have at least \(Wording.items(limit))",
                    items.isEmpty ? .nothing : .has(items.count))
        case .maxItems(let limit):
            return items.count <= limit
                || fail("maxItems", "must have at most \(Wording.items(limit))", .has(items.count))
        case .uniqueItems: return checkUnique(items)
        case .prefixItems(let place): return checkPrefix(program.tables.schemas[place], items)
        case .noItems(let first):
            if items.count <= first {
                if tracks { evaluated.hasAll = true }
                return true
            }
            return fail(
                "items", first == 0 ? "must be empty" : "must have at most \(Wording.items(first))", .has(items.count))
        case .contains(let place): return checkContains(program.tables.contains[place], items)
        case .unevaluatedItems(let schema): return checkUnevaluated(schema, items)
        default: return true
        }
    }

    private mutating func checkUnique(_ items: [JSONValue]) -> Bool {
        guard let (first, second) = Self.equalPair(items) else { return true }
        return fail("uniqueItems", "must not have an item twice: items \(first) and \(second) (from 0) are equal")
    }

    private static func equalPair(_ items: [JSONValue]) -> (Int, Int)? {
        // Few items are compared faster than they are hashed.
        guard items.count > 8 else {
            var second = 1
            while second < items.count {
                for first in 0..<second where items[first] == items[second] { return (first, second) }
                second += 1
            }
            return nil
        }
        var places: [JSONValue: Int] = [:]
        for (place, item) in items.enumerated() {
            if let earlier = places.updateValue(place, forKey: item) { return (earlier, place) }
        }
        return nil
    }

    private mutating func checkPrefix(_ schemas: [Int], _ items: [JSONValue]) -> Bool {
        var fits = true
        for (place, (schema, item)) in zip(schemas, items).enumerated() {
            if !check(schema, item: place, item) { fits = false }
            if !fits, !collects { return false }
            if tracks { evaluated.insert(place) }
        }
        return fits
    }

    mutating func checkItems(_ first: Int, _ schema: Int, _ items: [JSONValue]) -> Bool {
        if isPlain {
            var place = first
            while place < items.count {
                if !check(schema, items[place]) { return false }
                place += 1
            }
            return true
        }
        var fits = true
        for place in min(first, items.count)..<items.count {
            if !check(schema, item: place, items[place]) { fits = false }
            if !fits, !collects { return false }
        }
        if tracks { evaluated.hasAll = true }
        return fits
    }

    private mutating func checkContains(_ contains: Program.Contains, _ items: [JSONValue]) -> Bool {
        var count = 0
        for (place, item) in items.enumerated() {
            guard apart({ $0.accepts(contains.schema, item) }) else { continue }
            count += 1
            if tracks { evaluated.insert(place) }
            // That is enough, if nobody asks which.
            if !tracks, contains.maximum == nil, count >= contains.minimum { return true }
        }
        let noun = (one: "item of the form that is asked for", many: "items of the form that is asked for")
        if count < contains.minimum {
            return fail(
                contains.minimum == 1 ? "contains" : "minContains",
                "must have at least \(Wording.count(contains.minimum, noun))", .has(count))
        }
        guard let maximum = contains.maximum, count > maximum else { return true }
        return fail("maxContains", "must have at most \(Wording.count(maximum, noun))", .has(count))
    }

    private mutating func checkUnevaluated(_ schema: Int, _ items: [JSONValue]) -> Bool {
        var fits = true
        let isClosed = program.isNever(schema)
        for (place, item) in items.enumerated() where !evaluated.contains(place) {
            if isClosed {
                fits = fail("unevaluatedItems", item: place, { "\($0) is an item more than the schema knows" })
            } else if !check(schema, item: place, item) {
                fits = false
            }
            if !fits, !collects { return false }
        }
        evaluated.hasAll = true
        return fits
    }
}
