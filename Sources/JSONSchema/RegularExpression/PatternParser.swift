/// Reads a pattern by the grammar of ECMA-262 section 22.2.1 with the `u` flag. Escapes of punctuation that needs none
/// are read too, since many authors write them.
struct PatternParser {
    /// Groups in groups, at most.
    private static let maximumDepth = 50

    var rest: Substring.UnicodeScalarView
    private var depth = 0

    init(_ pattern: String) { rest = Substring(pattern).unicodeScalars }

    mutating func parse() throws(RegularExpressionError) -> PatternNode {
        let node = try choice()
        guard rest.isEmpty else { throw error("has a `)` without its `(`") }
        return node
    }

    private mutating func choice() throws(RegularExpressionError) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(RegularExpressionError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != "|", next != ")" { nodes.append(try term()) }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func term() throws(RegularExpressionError) -> PatternNode {
        let isGroup = rest.first == "("
        let node = try atom()
        guard let (minimum, maximum) = try quantifier() else { return node }
        if case .assertion = node, !isGroup { throw error("repeats `^`, `$` or `\\b`, which has no meaning") }
        return .repetition(node, minimum: minimum, maximum: maximum)
    }

    private mutating func atom() throws(RegularExpressionError) -> PatternNode {
        guard let next = rest.popFirst() else { throw error("ends too early") }
        switch next {
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case ".": return .set(ScalarSet.lineTerminators.negated)
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return try escape()
        case "*", "+", "?": throw error("has nothing before `\(next)` to repeat")
        case "{", "}", "]": throw error("has a `\(next)` alone; write `\\\(next)`")
        default: return .set(ScalarSet(ranges: [next.value...next.value]))
        }
    }

    /// After `(`.
    private mutating func group() throws(RegularExpressionError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("has groups deeper than \(Self.maximumDepth)") }
        var unsupported: String?
        if take("?") {
            switch rest.popFirst() {
            case ":": break
            case "=", "!": unsupported = "look-ahead"
            case "<" where rest.first == "=" || rest.first == "!":
                rest.removeFirst()
                unsupported = "look-behind"
            case "<": try skipGroupName()
            default: throw error("has a group `(?` of an unknown kind")
            }
        }
        let node = try choice()
        guard take(")") else { throw error("has a `(` without its `)`") }
        return unsupported.map { .unsupported($0) } ?? node
    }

    mutating func skipGroupName() throws(RegularExpressionError) {
        let name = rest.prefix { $0 != ">" }
        let isName =
            name.first.map { $0.properties.isIDStart || $0 == "_" || $0 == "$" } ?? false
            && name.allSatisfy { $0.properties.isIDContinue || $0 == "$" }
        rest = rest[name.endIndex...]
        guard isName, take(">") else { throw error("has a group with a bad name") }
    }

    /// `*`, `+`, `?`, `{m}`, `{m,}` or `{m,n}`, and a `?` after it.
    private mutating func quantifier() throws(RegularExpressionError) -> (minimum: Int, maximum: Int?)? {
        let bounds: (Int, Int?)
        switch rest.first {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{":
            bounds = try counts()
            _ = take("?")
            return bounds
        default: return nil
        }
        rest.removeFirst()
        _ = take("?")
        return bounds
    }

    private mutating func counts() throws(RegularExpressionError) -> (Int, Int?) {
        rest.removeFirst()
        guard let minimum = number() else { throw error("has a `{` alone; write `\\{`") }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else { throw error("has a `{` without its `}`") }
        if let maximum, maximum < minimum { throw error("repeats from \(minimum) to \(maximum)") }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return Int(String(digits)) ?? Int.max
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    func error(_ reason: String) -> RegularExpressionError { RegularExpressionError(reason: reason) }
}
