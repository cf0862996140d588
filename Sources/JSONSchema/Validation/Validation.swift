import JSON

/// One run of a program over a value.
///
/// It either collects findings with their places and sentences, or only finds out whether there is any: that is quick,
/// and stops at the first.
struct Validation {
    /// A step down into the value, and at which place of the object or array.
    struct Step {
        let token: String
        let ordinal: Int
        var isIndex = false
    }

    /// How many schemas are applied within each other at most: each takes stack.
    private static let maximumDepth = 1200

    let program: Program
    private(set) var collects = false { didSet { takesNotes = collects || program.hasDynamicReferences } }
    /// Whether it matters by which schemas the run came to the one at hand.
    private var takesNotes = false
    private let maximumSteps: Int
    private(set) var path: [Step] = []
    private(set) var findings: [Finding] = []
    private(set) var secretPlaces: [[String]] = []
    /// Whether what is checked is the name of a member.
    private(set) var isName = false
    /// What the schema at hand says in its own words; of nothing while nothing is collected.
    private(set) var outline = Outline()
    /// Whether some schema around asks what is evaluated of the value at hand.
    var tracks = false
    var evaluated = EvaluatedParts()
    /// The resources by which the run came to the schema at hand, the outermost first.
    private(set) var scope: [Int] = []
    private var steps = 0
    private var depth = 0
    private(set) var isExhausted = false

    var secretNames: Set<String> { program.secretNames }

    /// Whether the parts of a value can be checked without a note about the way to them.
    var isPlain: Bool { !takesNotes && !tracks }

    init(_ program: Program) {
        self.program = program
        maximumSteps = program.maximumSteps
        takesNotes = program.hasDynamicReferences
    }

    /// Applies a schema to the value at hand; whether it fits.
    mutating func check(_ number: Int, _ value: JSONValue) -> Bool {
        steps += 1
        depth += 1
        defer { depth -= 1 }
        guard steps <= maximumSteps, depth <= Self.maximumDepth else {
            isExhausted = true
            return false
        }
        let node = program.nodes[number]
        if takesNotes || node.hasUnevaluated { return checkInFull(number, node, value) }
        guard node.types.contains(typeOf: value) else { return false }
        var place = node.instructions.lowerBound
        if node.types != .all { place += 1 }
        while place < node.instructions.upperBound {
            if !perform(program.instructions[place], value) { return false }
            place += 1
        }
        return true
    }

    /// As ``check(_:_:)``, for schemas and runs that have to take notes.
    private mutating func checkInFull(_ number: Int, _ node: Program.Node, _ value: JSONValue) -> Bool {
        let isEntrance = program.hasDynamicReferences && scope.last != node.resource
        if isEntrance { scope.append(node.resource) }
        defer { if isEntrance { scope.removeLast() } }
        let around = (tracks, evaluated, outline)
        if node.hasUnevaluated { (tracks, evaluated) = (true, EvaluatedParts()) }
        if collects {
            outline = program.outlines[number]
            if outline.isSecret, !isName { secretPlaces.append(path.map(\.token)) }
        }
        let fits = performAll(node, value)
        outline = around.2
        if node.hasUnevaluated {
            let inside = evaluated
            (tracks, evaluated) = (around.0, around.1)
            if tracks { evaluated.formUnion(inside) }
        }
        return fits
    }

    private mutating func performAll(_ node: Program.Node, _ value: JSONValue) -> Bool {
        var fits = true
        for place in node.instructions where !perform(program.instructions[place], value) {
            fits = false
            // A value of the wrong type breaks other rules too, but that is one mistake; and where the schema says in its
            // own words what it expects, they say it all.
            if !collects || outline.expected != nil { break }
            if case .type = program.instructions[place] { break }
        }
        return fits
    }

    /// Whether `value` fits a schema, of which nothing is collected. What a schema evaluates that does not fit, does not
    /// count.
    mutating func accepts(_ number: Int, _ value: JSONValue) -> Bool {
        let collected = collects
        collects = false
        defer { collects = collected }
        guard tracks else { return check(number, value) }
        let before = evaluated
        let fits = check(number, value)
        if !fits { evaluated = before }
        return fits
    }

    /// Runs one schema and collects its findings apart.
    mutating func findings(of number: Int, _ value: JSONValue) -> [Finding] {
        let saved = findings
        defer { findings = saved }
        findings = []
        _ = check(number, value)
        return findings
    }

    /// Runs the whole program over `value` and collects what is wrong.
    mutating func collect(_ value: JSONValue) {
        collects = true
        _ = check(0, value)
    }

    mutating func check(_ number: Int, member name: String, ordinal: Int, _ value: JSONValue) -> Bool {
        inside(Step(token: name, ordinal: ordinal)) { $0.check(number, value) }
    }

    mutating func check(_ number: Int, item index: Int, _ value: JSONValue) -> Bool {
        guard collects else { return apart { $0.check(number, value) } }
        return inside(Step(token: String(index), ordinal: index, isIndex: true)) { $0.check(number, value) }
    }

    mutating func check(_ number: Int, name: String, ordinal: Int) -> Bool {
        inside(Step(token: name, ordinal: ordinal)) { run in
            let saved = run.isName
            run.isName = true
            defer { run.isName = saved }
            return run.check(number, .string(name))
        }
    }

    @inline(__always)
    private mutating func inside(_ step: @autoclosure () -> Step, _ body: (inout Validation) -> Bool) -> Bool {
        guard collects else { return apart(body) }
        path.append(step())
        defer { path.removeLast() }
        return apart(body)
    }

    /// What is evaluated of a part says nothing of the value around it.
    @inline(__always)
    mutating func apart(_ body: (inout Validation) -> Bool) -> Bool {
        let around = tracks
        tracks = false
        defer { tracks = around }
        return body(&self)
    }

    /// Takes note of a mistake, and says false; `finding` is made only if somebody wants to read it.
    mutating func report(_ finding: (borrowing Validation) -> Finding) -> Bool {
        if collects, findings.count < Self.maximumFindings { findings.append(finding(self)) }
        return false
    }

    mutating func report(_ others: [Finding]) -> Bool {
        findings += others
        return false
    }

    /// More than are told, since they are put in order after they are found.
    private static let maximumFindings = 1000
}
