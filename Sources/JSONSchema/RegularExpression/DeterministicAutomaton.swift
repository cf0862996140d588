import JSON

/// A deterministic automaton: one look-up for each code point. Most patterns are small enough for one.
///
/// Code points that no set of the pattern tells apart share a column of the table. For one beyond ASCII, its column is
/// made of the sets that have it.
struct DeterministicAutomaton: Sendable {
    private static let maximumStates = 256
    private static let maximumWideSets = 5
    /// How many instructions are looked at to make the table: a pattern of 100 characters could ask for millions.
    static let maximumWork = 200_000
    /// What the table says instead of a state: a match has been found, or none will be.
    private static let matched: UInt16 = 0xFFFE
    private static let dead: UInt16 = 0xFFFF

    /// By ASCII character.
    private let columns: [UInt8]
    /// Those that may have members beyond ASCII.
    private let wideSets: [ScalarSet]
    private let firstWideColumn: Int
    private let width: Int
    private let table: [UInt16]
    /// By state, whether the text may end there.
    private let acceptsEnd: [Bool]

    /// Nil if the program is too large, or has a word boundary.
    init?(_ program: PatternProgram) {
        guard let alphabet = Alphabet(program) else { return nil }
        columns = alphabet.columns
        wideSets = alphabet.wideSets
        firstWideColumn = alphabet.firstWideColumn
        width = alphabet.members.count
        var builder = Builder(instructions: program.instructions, alphabet: alphabet)
        guard let (table, acceptsEnd) = builder.build() else { return nil }
        (self.table, self.acceptsEnd) = (table, acceptsEnd)
    }

    func matches(_ text: String) -> Bool {
        text.withBytes { bytes in table.withUnsafeBufferPointer { matches(bytes, $0) } }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt16>) -> Bool {
        var state = table[table.count - 1]
        var place = 0
        while state < Self.matched, place < bytes.count {
            let byte = bytes[place]
            let column: Int
            if byte < 0x80 {
                column = Int(columns[Int(byte)])
                place += 1
            } else {
                column = wideColumn(bytes.scalar(at: &place))
            }
            state = table[Int(state) * width + column]
        }
        return state < Self.matched ? acceptsEnd[Int(state)] : state == Self.matched
    }

    private func wideColumn(_ scalar: Unicode.Scalar) -> Int {
        var mask = 0
        for (place, set) in wideSets.enumerated() where set.contains(scalar) { mask |= 1 << place }
        return firstWideColumn + mask
    }

    /// The columns of the table, and which instructions take the code points of each.
    private struct Alphabet {
        var columns: [UInt8] = []
        var wideSets: [ScalarSet] = []
        var firstWideColumn = 0
        /// By column, the sets that have its code points, as bits.
        var members: [UInt64] = []
        /// By instruction, its set.
        var sets: [Int] = []

        init?(_ program: PatternProgram) {
            var numbers: [ScalarSet: Int] = [:]
            for instruction in program.instructions {
                switch instruction {
                case .scalar(let set):
                    let number = numbers[set] ?? numbers.count
                    numbers[set] = number
                    sets.append(number)
                case .assertion(.wordBoundary), .assertion(.noWordBoundary): return nil
                default: sets.append(-1)
                }
            }
            let all = numbers.sorted { $0.value < $1.value }.map(\.key)
            let wide = all.indices.filter { all[$0].reachesBeyondASCII }
            guard all.count <= 64, wide.count <= maximumWideSets else { return nil }
            for value in 0..<128 as Range<UInt8> {
                let scalar = Unicode.Scalar(value)
                let having = all.indices.reduce(0 as UInt64) { all[$1].contains(scalar) ? $0 | 1 << UInt64($1) : $0 }
                let column = members.firstIndex(of: having) ?? members.count
                if column == members.count { members.append(having) }
                columns.append(UInt8(column))
            }
            firstWideColumn = members.count
            wideSets = wide.map { all[$0] }
            for mask in 0..<(1 << wide.count) {
                members.append(
                    wide.indices.reduce(0 as UInt64) { mask >> $1 & 1 == 1 ? $0 | 1 << UInt64(wide[$1]) : $0 })
            }
        }
    }

    /// Makes the states that can be reached: sets of instructions that wait for a code point or for the end.
    private struct Builder {
        let instructions: [PatternProgram.Instruction]
        let alphabet: Alphabet
        private var states: [Set<Int>] = []
        private var numbers: [Set<Int>: UInt16] = [:]
        private var work = 0

        init(instructions: [PatternProgram.Instruction], alphabet: Alphabet) {
            self.instructions = instructions
            self.alphabet = alphabet
        }

        /// The last entry of the table says with which state to begin.
        mutating func build() -> (table: [UInt16], acceptsEnd: [Bool])? {
            let start = closure([0], isStart: true)
            // A match may begin behind the start too.
            let restart = closure([0])
            if isMatch(start) { return ([DeterministicAutomaton.matched], []) }
            states = [start]
            var table: [UInt16] = []
            var next = 0
            while next < states.count {
                guard states.count <= DeterministicAutomaton.maximumStates else { return nil }
                for members in alphabet.members {
                    guard work <= DeterministicAutomaton.maximumWork else { return nil }
                    table.append(number(of: successor(of: states[next], members, restart)))
                }
                next += 1
            }
            let acceptsEnd = states.enumerated().map { place, state in
                isMatch(closure(state, isStart: place == 0, isEnd: true))
            }
            return (table + [0], acceptsEnd)
        }

        private func isMatch(_ state: Set<Int>) -> Bool { state.contains(instructions.count - 1) }

        private mutating func successor(of state: Set<Int>, _ members: UInt64, _ restart: Set<Int>) -> Set<Int> {
            work += state.count + restart.count
            let taking = state.filter { alphabet.sets[$0] >= 0 && members >> UInt64(alphabet.sets[$0]) & 1 == 1 }
            return closure(taking.map { $0 + 1 }).union(restart)
        }

        private mutating func number(of state: Set<Int>) -> UInt16 {
            if isMatch(state) { return DeterministicAutomaton.matched }
            if state.isEmpty { return DeterministicAutomaton.dead }
            if let number = numbers[state] { return number }
            let number = UInt16(states.count)
            numbers[state] = number
            states.append(state)
            return number
        }

        /// The instructions that wait for something, or the match, that are reached without taking a code point.
        private mutating func closure(_ states: some Sequence<Int>, isStart: Bool = false, isEnd: Bool = false) -> Set<
            Int
        > {
            var seen: Set<Int> = []
            var reached: Set<Int> = []
            var stack = Array(states)
            while let state = stack.popLast() {
                guard seen.insert(state).inserted else { continue }
                work += 1
                switch instructions[state] {
                case .scalar, .match: reached.insert(state)
                case .assertion(.start): if isStart { stack.append(state + 1) }
                case .assertion(.end): if isEnd { stack.append(state + 1) } else { reached.insert(state) }
                case .assertion: break
                case .jump(let target): stack.append(target)
                case .split(let first, let second): stack += [first, second]
                }
            }
            return reached
        }
    }
}
