import JSON

extension Validation {
    /// Reports a mistake about the value at hand: `rule` goes on from its name, such as "must be at least 1".
    mutating func report(
        _ keyword: String, _ rule: @autoclosure () -> String, _ detail: Finding.Detail = .nothing,
        kind: Finding.Kind = .other
    ) {
        report { run in
            Finding(
                path: run.path, keyword: keyword, message: "\(Wording.subject(run.path, isName: run.isName)) \(rule())",
                detail: detail, kind: kind)
        }
    }

    /// Reports a mistake about a member of the object at hand; one that is missing comes before those that are there.
    mutating func report(
        _ keyword: String, member name: String, ordinal: Int = -1, _ message: (String) -> String,
        kind: Finding.Kind = .other
    ) {
        report { run in
            let path = run.path + [Step(token: name, ordinal: ordinal)]
            return Finding(path: path, keyword: keyword, message: message(Wording.subject(path)), kind: kind)
        }
    }
}
