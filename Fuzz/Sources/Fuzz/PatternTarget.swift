@testable import JSONSchema

/// A regular expression and a text. Both engines say the same, in steps that are bounded by the sizes of both.
enum PatternTarget {
    static func run(_ input: [UInt8]) {
        guard let texts = texts(input, maximum: 2), texts.count == 2, let program = program(of: texts[0]) else {
            return
        }
        let (pattern, text) = (texts[0], texts[1])
        require(RegularExpression.isWellFormed(pattern), "what can be matched is an expression")
        var matcher = PatternMatcher(program)
        let matches = matcher.matches(text)
        let bound = 2 * (program.instructions.count + 1) * (text.unicodeScalars.count + 1)
        require(matcher.visits <= bound, "matching takes \(bound) steps at most, not \(matcher.visits)")
        if let automaton = DeterministicAutomaton(program) {
            require(automaton.matches(text) == matches, "the table says what the states say")
        }
        // The same in other words.
        for same in [
            "(?:\(pattern))", "\(pattern)|\(pattern)", "(?:\(pattern)){1}", "(?:)(?:\(pattern))", "\(pattern)|[]",
        ] {
            guard let expression = try? RegularExpression(same) else { continue }
            require(expression.matches(text) == matches, "/\(same)/ matches the same")
        }
        if let either = try? RegularExpression("\(pattern)|") { require(either.matches(text), "nothing is everywhere") }
    }

    private static func program(of pattern: String) -> PatternProgram? {
        var parser = PatternParser(pattern)
        return (try? parser.parse()).flatMap { try? PatternProgram($0) }
    }
}
