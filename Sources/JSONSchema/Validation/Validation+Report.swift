import JSON

extension Validation {
    /// Takes note of a mistake about the value at hand, and says false: `rule` goes on from its name, such as "must be at
    /// least 1".
    mutating func fail(
        _ keyword: String, _ rule: @autoclosure () -> String, _ detail: @autoclosure () -> Finding.Detail = .nothing,
        kind: @autoclosure () -> Finding.Kind = .other
    ) -> Bool {
        guard collects else { return false }
        return report { run in
            let rule = run.ownWords(for: keyword) ?? rule()
            return Finding(
                path: run.path, keyword: keyword, message: "\(Wording.subject(run.path, isName: run.isName)) \(rule)",
                detail: detail(), kind: kind())
        }
    }

    private static let rulesInOwnWords: Set = ["type", "enum", "pattern", "format", "minLength"]

    /// The schema's own words for a rule that few people could read: `x-expected` is "a whole number from 1 to 9".
    private func ownWords(for keyword: String) -> String? {
        Self.rulesInOwnWords.contains(keyword) ? outline.expected.map { "must be \($0)" } : nil
    }

    /// Takes note of a mistake about a member of the object at hand; one that is missing comes before those that are
    /// there.
    mutating func fail(
        _ keyword: String, member name: String, ordinal: Int = -1, _ message: (String) -> String,
        kind: Finding.Kind = .other
    ) -> Bool {
        report { run in
            let path = run.path + [Step(token: name, ordinal: ordinal)]
            return Finding(path: path, keyword: keyword, message: message(Wording.subject(path)), kind: kind)
        }
    }

    /// Takes note of a mistake about an item of the array at hand.
    mutating func fail(_ keyword: String, item index: Int, _ message: (String) -> String) -> Bool {
        report { run in
            let path = run.path + [Step(token: String(index), ordinal: index, isIndex: true)]
            return Finding(path: path, keyword: keyword, message: message(Wording.subject(path)))
        }
    }
}
