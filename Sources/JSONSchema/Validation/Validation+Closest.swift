import JSON

extension Validation {
    /// Takes note, when none of `schemas` fits, what the one that comes closest misses.
    ///
    /// Where all branches find the same kind of thing at the value itself, one sentence says it for all of them.
    mutating func failClosest(_ keyword: String, of schemas: [Int], _ value: JSONValue) -> Bool {
        guard collects else { return false }
        let branches = schemas.map { findings(of: $0, value) }
        if let names = missingNames(branches) {
            return report { run in
                let subjects = names.map { Wording.subject(run.path + [Step(token: $0, ordinal: -1)]) }
                let message = run.outline.missing ?? "\(Wording.list(subjects)) is required"
                return Finding(path: run.path, keyword: keyword, message: message)
            }
        } else if let types = wrongTypes(branches) {
            return fail(keyword, TypeSet.rule(types), .got(value), kind: .type(types))
        } else if let choices = choices(branches, depth: 0) {
            return fail(keyword, Wording.choice(of: choices.values), .got(value), kind: .choice(choices.values))
        } else if let closest = closest(branches) {
            return report(closest)
        } else {
            return fail(keyword, "must have one of the \(schemas.count) allowed forms", .got(value), kind: .choice([]))
        }
    }

    /// The names of the members, if each branch only misses one; `null` where it must not stand is as good as nothing.
    private func missingNames(_ branches: [[Finding]]) -> [String]? {
        var names: [String] = []
        for branch in branches {
            guard branch.count == 1, let only = branch.first, isMissing(only), let name = only.path.last?.token,
                only.path.count == path.count + 1
            else { return nil }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private func isMissing(_ finding: Finding) -> Bool {
        switch (finding.kind, finding.detail) {
        case (.missing, _), (.type, .got(.null)): true
        default: false
        }
    }

    /// The types wanted, if each branch only finds that the value itself has the wrong one.
    private func wrongTypes(_ branches: [[Finding]]) -> [String]? {
        var types: [String] = []
        for branch in branches {
            guard branch.count == 1, let only = branch.first, case .type(let wanted) = only.kind,
                only.path.count == path.count
            else { return nil }
            types += wanted.filter { !types.contains($0) }
        }
        return types
    }

    /// The values that the branches want, if each of them finds that one value as deep as that below the one at hand is none
    /// of some; and the first to find it.
    private func choices(_ branches: [[Finding]], depth: Int) -> (values: [JSONValue], first: Finding)? {
        var values: [JSONValue] = []
        var first: Finding?
        for branch in branches {
            guard depth > 0 || branch.count == 1, let finding = branch.first(where: { isMismatch($0, depth: depth) }),
                case .choice(let wanted) = finding.kind, !wanted.isEmpty,
                finding.pointer == first?.pointer ?? finding.pointer
            else { return nil }
            values += wanted.filter { !values.contains($0) }
            first = first ?? finding
        }
        return first.map { (values, $0) }
    }

    /// The branch with the fewest mistakes, a missing member counting most, among those that the value is meant for: its
    /// type fits, and the fixed values that tell forms apart do, if they do in any branch.
    private func closest(_ branches: [[Finding]]) -> [Finding]? {
        let fitting = branches.filter { branch in !branch.isEmpty && !branch.contains { isMismatch($0, depth: 0) } }
        let meant = fitting.filter { branch in !branch.contains { isMismatch($0, depth: 1) } }
        if meant.isEmpty, let (values, first) = choices(fitting, depth: 1) {
            let message = "\(Wording.subject(first.path)) \(Wording.choice(of: values))"
            return [
                Finding(
                    path: first.path, keyword: first.keyword, message: message, detail: first.detail,
                    kind: .choice(values))
            ]
        }
        return (meant.isEmpty ? fitting : meant).min { cost(of: $0) < cost(of: $1) }
    }

    /// Whether a finding says that a value as deep as that below the one at hand is something else altogether.
    private func isMismatch(_ finding: Finding, depth: Int) -> Bool {
        guard finding.path.count == path.count + depth else { return false }
        return switch finding.kind {
        case .type: depth == 0
        case .choice: true
        case .missing, .other: false
        }
    }

    private func cost(of branch: [Finding]) -> (missing: Int, all: Int) {
        (branch.count { isMissing($0) }, branch.count)
    }
}
