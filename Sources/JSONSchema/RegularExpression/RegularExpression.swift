/// A regular expression of ECMA-262 with the `u` flag, matched in time linear in the text.
///
/// Texts are taken code point by code point. Groups only group; look-around and back references are refused, because no
/// automaton can match them.
final class RegularExpression: Sendable {
    let pattern: String
    private let program: PatternProgram
    private let automaton: DeterministicAutomaton?

    init(_ pattern: String) throws(RegularExpressionError) {
        var parser = PatternParser(pattern)
        program = try PatternProgram(try parser.parse())
        automaton = DeterministicAutomaton(program)
        self.pattern = pattern
    }

    /// Whether the expression matches anywhere in `text`.
    func matches(_ text: String) -> Bool {
        if let automaton { return automaton.matches(text) }
        // Too large a table, or word boundaries: all its states at once, step by step.
        var matcher = PatternMatcher(program)
        return matcher.matches(text)
    }

    /// Whether `pattern` is an expression at all, be it one that can be matched here or not.
    static func isWellFormed(_ pattern: String) -> Bool {
        var parser = PatternParser(pattern)
        return (try? parser.parse()) != nil
    }
}

/// Why a pattern cannot be used: a phrase that goes on from "the pattern".
struct RegularExpressionError: Error, Hashable {
    let reason: String
}
