/// Runs an automaton over a text, all its states at once: no backtracking.
struct PatternMatcher {
    private let instructions: [PatternProgram.Instruction]
    /// States that wait for the next code point.
    private var waiting: [Int] = []
    /// By state: the step at which it was last reached, so that none is entered twice at one place.
    private var reached: [Int]
    private var stack: [Int] = []
    private var step = 0
    /// How often a state was looked at: never more than twice for each state and each place in the text.
    private(set) var visits = 0

    /// The code points around the place at hand.
    private struct Surroundings {
        let before: Unicode.Scalar?
        let after: Unicode.Scalar?

        func satisfy(_ assertion: PatternNode.Assertion) -> Bool {
            switch assertion {
            case .start: before == nil
            case .end: after == nil
            case .wordBoundary: isWord(before) != isWord(after)
            case .noWordBoundary: isWord(before) == isWord(after)
            }
        }

        private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
            switch scalar {
            case ("0"..."9")?, ("A"..."Z")?, ("a"..."z")?, "_": true
            default: false
            }
        }
    }

    init(_ program: PatternProgram) {
        instructions = program.instructions
        reached = Array(repeating: 0, count: instructions.count)
    }

    mutating func matches(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var before: Unicode.Scalar?
        var after = scalars.next()
        stack.append(0)
        if follow(Surroundings(before: before, after: after)) { return true }
        while let scalar = after {
            (before, after) = (scalar, scalars.next())
            for state in waiting {
                if case .scalar(let set) = instructions[state], set.contains(scalar) { stack.append(state + 1) }
            }
            // A match may begin anywhere.
            stack.append(0)
            if follow(Surroundings(before: before, after: after)) { return true }
        }
        return false
    }

    /// Follows everything that takes no code point, from the states on the stack; true when that reaches a match.
    private mutating func follow(_ surroundings: Surroundings) -> Bool {
        step += 1
        waiting.removeAll(keepingCapacity: true)
        while let state = stack.popLast() {
            visits += 1
            guard reached[state] != step else { continue }
            reached[state] = step
            switch instructions[state] {
            case .scalar: waiting.append(state)
            case .assertion(let assertion): if surroundings.satisfy(assertion) { stack.append(state + 1) }
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(first)
                stack.append(second)
            case .match: return true
            }
        }
        return false
    }
}
