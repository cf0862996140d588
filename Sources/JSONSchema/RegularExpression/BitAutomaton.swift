/// A small automaton, its set of states the bits of one word. Most patterns are such, and match several times as fast.
///
/// What can be reached without taking a code point is computed beforehand, so word boundaries have no place here.
struct BitAutomaton: Sendable {
    /// The states reached, at the end of the text and before it.
    private struct Reach: Sendable {
        let atEnd: UInt64
        let beforeEnd: UInt64
    }

    /// By state: what it takes, and where that leads.
    private var steps: [(set: ScalarSet, reach: Reach)] = []
    private let start: Reach
    /// A match may begin behind the start too.
    private let restart: Reach
    private let match: UInt64
    /// Nothing matches that begins behind the start, so the text can be given up.
    private var isAnchored: Bool { restart.atEnd == 0 && restart.beforeEnd == 0 }

    /// Nil if the program is too large, or has a word boundary.
    init?(_ program: PatternProgram) {
        let instructions = program.instructions
        guard instructions.count <= UInt64.bitWidth, !instructions.contains(where: Self.isWordBoundary) else {
            return nil
        }
        func reach(from state: Int, isStart: Bool = false) -> Reach {
            Reach(
                atEnd: Self.closure(of: state, instructions, isStart: isStart, isEnd: true),
                beforeEnd: Self.closure(of: state, instructions, isStart: isStart, isEnd: false))
        }
        start = reach(from: 0, isStart: true)
        restart = reach(from: 0)
        match = 1 << UInt64(instructions.count - 1)
        for (state, instruction) in instructions.enumerated() {
            if case .scalar(let set) = instruction {
                steps.append((set, reach(from: state + 1)))
            } else {
                steps.append((ScalarSet(), Reach(atEnd: 0, beforeEnd: 0)))
            }
        }
    }

    private static func isWordBoundary(_ instruction: PatternProgram.Instruction) -> Bool {
        switch instruction {
        case .assertion(.wordBoundary), .assertion(.noWordBoundary): true
        default: false
        }
    }

    /// The states that take a code point, and that of the match, that can be reached without taking one.
    private static func closure(
        of state: Int, _ instructions: [PatternProgram.Instruction], isStart: Bool, isEnd: Bool
    ) -> UInt64 {
        var (seen, reached): (UInt64, UInt64) = (0, 0)
        var stack = [state]
        while let state = stack.popLast() {
            let bit: UInt64 = 1 << UInt64(state)
            guard seen & bit == 0 else { continue }
            seen |= bit
            switch instructions[state] {
            case .scalar, .match: reached |= bit
            case .assertion(.start): if isStart { stack.append(state + 1) }
            case .assertion(.end): if isEnd { stack.append(state + 1) }
            case .assertion: break
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [first, second]
            }
        }
        return reached
    }

    func matches(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        var states = next == nil ? start.atEnd : start.beforeEnd
        while states & match == 0, let scalar = next {
            next = scalars.next()
            var waiting = states
            states = next == nil ? restart.atEnd : restart.beforeEnd
            while waiting != 0 {
                let step = waiting.trailingZeroBitCount
                waiting &= waiting - 1
                guard steps[step].set.contains(scalar) else { continue }
                let reach = steps[step].reach
                states |= next == nil ? reach.atEnd : reach.beforeEnd
            }
            if states == 0, isAnchored { return false }
        }
        return states & match != 0
    }
}
