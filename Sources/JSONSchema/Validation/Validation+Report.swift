import JSON

extension Validation {
    /// Reports a mistake about the value at hand: `rule` goes on from its name, such as "must be at least 1".
    mutating func report(
        _ keyword: String, _ rule: @autoclosure () -> String, _ detail: Finding.Detail = .nothing,
        kind: Finding.Kind = .other
    ) {
        report { run in
            let rule = run.ownWords(for: keyword) ?? rule()
            return Finding(
                path: run.path, keyword: keyword, message: "\(Wording.subject(run.path, isName: run.isName)) \(rule)",
                detail: detail, kind: kind)
        }
    }

    /// The schema's own words for a rule that few people could read: `x-expected` is "a whole number from 1 to 9".
    private func ownWords(for keyword: String) -> String? {
        let rules = [
            TypeKeyword.name, EnumKeyword.name, PatternKeyword.name, FormatKeyword.name, MinLength.name,
        ]
        return rules.contains(keyword) ? expected.map { "must be \($0)" } : nil
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
