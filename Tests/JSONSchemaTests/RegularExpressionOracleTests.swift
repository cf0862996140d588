import Testing

@testable import JSONSchema

/// Generated expressions: both engines against the plain meaning of an expression, which is slow and easy to believe.
struct RegularExpressionOracleTests {
    /// An expression over `a`, `b` and `c`, of about that many atoms.
    private func pattern(size: Int) -> String {
        guard size > 1 else {
            return ["a", "b", "c", ".", "[ab]", "[^a]", "^", "$", "\\b", "\\B"].randomElement() ?? ""
        }
        let left = pattern(size: size / 2)
        switch Int.random(in: 0..<5) {
        case 0, 1: return left + pattern(size: size - size / 2)
        case 2: return "(?:\(left)|\(pattern(size: size - size / 2)))"
        default: return "(?:\(left))" + (["*", "+", "?", "{2}", "{1,2}", "{0,3}", "*?", "{2,}"].randomElement() ?? "")
        }
    }

    @Test func bothEnginesMatchWhatTheExpressionMeans() throws {
        for _ in 0..<500 {
            let pattern = pattern(size: Int.random(in: 1...10))
            var parser = PatternParser(pattern)
            let node = try parser.parse()
            let program = try PatternProgram(node)
            for _ in 0..<6 {
                let text = String((0..<Int.random(in: 0...7)).map { _ in "abc ".randomElement() ?? "a" })
                let meaning = Meaning(text: Array(text.unicodeScalars))
                let wanted = !meaning.ends(of: node, from: Set(0...meaning.text.count)).isEmpty
                var matcher = PatternMatcher(program)
                #expect(matcher.matches(text) == wanted, "/\(pattern)/ on '\(text)'")
                if let automaton = DeterministicAutomaton(program) {
                    #expect(automaton.matches(text) == wanted, "/\(pattern)/ on '\(text)', by table")
                }
            }
        }
    }

    /// Where in a text a match can end.
    private struct Meaning {
        let text: [Unicode.Scalar]

        func ends(of node: PatternNode, from starts: Set<Int>) -> Set<Int> {
            switch node {
            case .scalar(let set):
                let set = set.finished()
                return Set(starts.filter { $0 < text.count && set.contains(text[$0]) }.map { $0 + 1 })
            case .assertion(let assertion): return starts.filter { holds(assertion, at: $0) }
            case .sequence(let nodes): return nodes.reduce(starts) { ends(of: $1, from: $0) }
            case .choice(let branches): return branches.reduce(into: []) { $0.formUnion(ends(of: $1, from: starts)) }
            case .repetition(let node, let minimum, let maximum):
                var current = (0..<minimum).reduce(starts) { places, _ in ends(of: node, from: places) }
                var all = current
                // What has not grown after as many rounds as there are places never will.
                for _ in 0..<min(text.count + 1, (maximum ?? .max) - minimum) {
                    current = ends(of: node, from: current)
                    all.formUnion(current)
                }
                return all
            case .unsupported: return []
            }
        }

        private func holds(_ assertion: PatternNode.Assertion, at place: Int) -> Bool {
            func isWord(_ place: Int) -> Bool { text.indices.contains(place) && text[place] != " " }
            return switch assertion {
            case .start: place == 0
            case .end: place == text.count
            case .wordBoundary: isWord(place - 1) != isWord(place)
            case .noWordBoundary: isWord(place - 1) == isWord(place)
            }
        }
    }
}
