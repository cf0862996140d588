import JSON

/// The schemas of `allOf`, `anyOf` or `oneOf`.
///
/// Where many of them each want one member to have a text of their own, that text tells which can matter: with
/// `{"if": {"properties": {"kind": {"const": "a"}}}, "then": …}` for each kind, all but one need not be looked at.
final class Branches: Sendable {
    /// Which branches can matter, by the text of one member.
    struct Cases: Sendable {
        let member: String
        let texts: NameTable
        /// By place in ``texts``.
        let branches: [[Int]]
        /// Those for any other value of the member.
        let others: [Int]
    }

    let all: [Int]
    private let cases: Cases?

    init(_ all: [Int], _ cases: Cases?) {
        self.all = all
        self.cases = cases
    }

    /// Those that can matter for `value`: the rest of `allOf` fits, and the rest of `anyOf` and `oneOf` does not.
    func relevant(to value: JSONValue) -> [Int] {
        guard let cases, case .object(let object) = value, let place = object.place(of: cases.member) else {
            return all
        }
        guard case .string(let text) = object.members[place].value, let found = cases.texts.place(of: text) else {
            return cases.others
        }
        return cases.branches[found]
    }
}
