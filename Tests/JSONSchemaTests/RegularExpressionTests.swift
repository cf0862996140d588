import JSON
import Testing

@testable import JSONSchema

struct RegularExpressionTests {
    @Test(arguments: [
        ("abc", "xabcx", true), ("^abc$", "abc\n", false), ("", "", true), ("a|b|", "", true),
        ("^(a|b)*$", "abba", true),
        ("^(a|b)*$", "abca", false), ("^a{2,3}$", "a", false), ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false),
        ("^a{2}$", "aa", true), ("^a{2,}$", "aaaaa", true), ("^a{0}$", "", true), ("^a{0}$", "a", false),
        ("^.$", "😀", true), ("^.$", "\n", false), ("^.$", "\u{2028}", false), ("^[^a]$", "\n", true),
        ("^[a-cx-z]+$", "abcxyz", true), ("^[a-c]$", "d", false), ("^[-a]$", "-", true), ("^[a-]$", "-", true),
        ("^[]$", "a", false), ("^[^]$", "a", true), ("^[\\]]$", "]", true),
        ("^\\d+$", "42", true), ("^\\d$", "٣", false), ("^\\D$", "٣", true), ("^\\w+$", "aZ_9", true),
        ("^\\w$", "é", false),
        ("^[\\W]$", "é", true), ("^[\\W\\d]$", "7", true), ("^[^\\W]$", "a", true), ("^[\\D\\d]$", "a", true),
        ("^\\s$", "\u{FEFF}", true), ("^\\S$", "\u{A0}", false), ("\\bfoo\\b", "a foo b", true),
        ("\\bfoo\\b", "afoo", false),
        ("\\Boo", "foo", true), ("^\\u0041\\x42\\u{43}$", "ABC", true), ("^\\ud83d\\ude00$", "😀", true),
        ("^\\u{1F600}{2}$", "😀😀", true), ("^\\cA\\t\\0$", "\u{1}\t\u{0}", true), ("^\\p{Lu}\\P{L}$", "É1", true),
        ("^\\p{gc=Nd}+$", "٣", true), ("^[\\p{L}_]+$", "aé_", true), ("^[^\\p{L}]$", "é", false),
        ("^(?:a(?<name>b)c)?$", "abc", true), ("a*?b", "aab", true), ("^(a*)*$", "aaab", false),
        ("^(|a)+$", "aa", true),
        ("\\/\\.\\-\\{\\@", "/.-{@", true), ("x^", "x", false), ("$x", "x", false), ("^^a$$", "a", true),
        ("$", "abc", true), ("b*$", "abc", true), ("^abc|c$", "xxc", true), ("^abc|c$", "xcx", false),
        ("e\u{301}", "é", false),
    ])
    func expressionsMatchAsInECMAScript(pattern: String, text: String, matches: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == matches, "/\(pattern)/ \(text)")
    }

    @Test(arguments: [
        "(", ")", "[", "a**", "*", "+a", "a{2,1}", "{", "}", "]", "a{", "\\", "\\a", "\\Z", "\\u12", "\\x1", "\\c1",
        "[b-a]",
        "[\\d-z]", "\\p{Nope}", "\\pL", "(?a)", "(?<1>a)", "\\u{110000}", "^*", "\\00", "a{1", "\\_x\\k",
    ])
    func whatIsNoExpressionIsRefused(pattern: String) {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
        #expect(!RegularExpression.isWellFormed(pattern))
    }

    @Test(arguments: ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(a)\\1", "(?<n>a)\\k<n>"])
    func whatNoAutomatonMatchesIsRefusedWithTheReason(pattern: String) throws {
        let error = try #require(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
        #expect(error.reason.contains("cannot be matched in linear time"))
        #expect(RegularExpression.isWellFormed(pattern))
    }

    @Test(arguments: [
        "a{5001}", "(a{100}){100}", "((a{0,99}){0,99}){0,99}", "a{99999999999999999999}", "(){0,999999999}",
    ])
    func whatIsTooLargeIsRefused(pattern: String) {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    }

    @Test(arguments: ["^(a+)+$", "^(a|aa)+$", "(.*)*\\b!!", "^(a?){30}a{30}$", "(a*)*(a*)*b"])
    func stepsAreBoundedByTheSizesOfPatternAndText(pattern: String) throws {
        let text = String(repeating: "a", count: 2000) + "!"
        var parser = PatternParser(pattern)
        let program = try PatternProgram(parser.parse())
        var matcher = PatternMatcher(program)
        let matches = matcher.matches(text)
        #expect(!matches)
        // Backtracking would take more than the universe has atoms.
        #expect(matcher.visits <= 2 * (program.instructions.count + 1) * (text.count + 1))
        #expect(try !RegularExpression(pattern).matches(text))
    }

    /// Each of a schema's patterns could otherwise ask for seconds.
    @Test func aTableThatTakesTooLongIsNotMade() throws {
        let pattern = "^(?:a?b?c?d?){60}$"
        var parser = PatternParser(pattern)
        #expect(DeterministicAutomaton(try PatternProgram(parser.parse())) == nil)
        let expression = try RegularExpression(pattern)
        #expect(expression.matches(String(repeating: "abcd", count: 60)))
        #expect(!expression.matches(String(repeating: "abcd", count: 60) + "a"))
    }
}
