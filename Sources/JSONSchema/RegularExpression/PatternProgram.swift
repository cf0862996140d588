/// A pattern as a non-deterministic automaton (Thompson's construction).
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(ScalarSet)
        case assertion(PatternNode.Assertion)
        case jump(Int)
        case split(Int, Int)
        case match
    }

    /// Matching takes time by the length of the text times this, at worst.
    static let maximumSize = 5000

    private(set) var instructions: [Instruction] = []

    init(_ node: PatternNode) throws(RegularExpressionError) {
        try emit(node)
        try append(.match)
    }

    private mutating func append(_ instruction: Instruction) throws(RegularExpressionError) {
        guard instructions.count < Self.maximumSize else {
            throw RegularExpressionError(reason: "is too large; `{m,n}` counts as so many copies")
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ node: PatternNode) throws(RegularExpressionError) {
        switch node {
        case .scalar(let set): try append(.scalar(set))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try emit(node) }
        case .choice(let branches): try emitChoice(branches)
        case .repetition(let node, let minimum, let maximum): try emitRepetition(node, minimum, maximum)
        case .unsupported(let what):
            throw RegularExpressionError(reason: "has \(what), which cannot be matched in linear time")
        }
    }

    private mutating func emitChoice(_ branches: [PatternNode]) throws(RegularExpressionError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try emit(branch)
                break
            }
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try emit(branch)
            ends.append(instructions.count)
            try append(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func emitRepetition(_ node: PatternNode, _ minimum: Int, _ maximum: Int?)
        throws(RegularExpressionError)
    {
        // What emits nothing would be repeated without ever reaching the limit.
        let before = instructions.count
        for _ in 0..<minimum {
            try emit(node)
            if instructions.count == before { return }
        }
        guard let maximum else {
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try emit(node)
            try append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in 0..<(maximum - minimum) {
            splits.append(instructions.count)
            try append(.split(0, 0))
            try emit(node)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }
}
