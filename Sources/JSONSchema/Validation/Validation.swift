import JSON

/// One run of a schema over a value.
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

    /// How many schemas are applied at most. A schema whose branches all recurse could take forever.
    private static let maximumSteps = 1_000_000

    private let schema: Schema
    private(set) var collects = false
    private(set) var path: [Step] = []
    private(set) var findings: [Finding] = []
    private(set) var secretPlaces: [[String]] = []
    /// Whether what is checked is the name of a member.
    private(set) var isName = false
    /// What the schema at hand expects, in its own words.
    private(set) var expected: String?
    /// What the schema at hand says where members are missing.
    private(set) var missing: String?
    private var hasFailed = false
    private var steps = 0

    var secretNames: Set<String> { schema.secretNames }
    var isExhausted: Bool { steps > Self.maximumSteps }

    init(_ schema: Schema) { self.schema = schema }

    /// Runs one schema and only finds out whether `value` fits.
    mutating func accepts(_ number: Int, _ value: JSONValue) -> Bool {
        let saved = (collects, hasFailed)
        defer { (collects, hasFailed) = saved }
        (collects, hasFailed) = (false, false)
        check(number, value)
        return !hasFailed
    }

    /// Runs one schema and collects its findings apart.
    mutating func findings(of number: Int, _ value: JSONValue) -> [Finding] {
        let saved = findings
        defer { findings = saved }
        findings = []
        check(number, value)
        return findings
    }

    /// Applies a schema to the value at hand.
    mutating func apply(_ number: Int, _ value: JSONValue) { check(number, value) }

    /// Runs the whole schema over `value` and collects what is wrong.
    mutating func collect(_ value: JSONValue) {
        collects = true
        check(0, value)
    }

    mutating func apply(_ number: Int, toMember name: String, ordinal: Int, _ value: JSONValue) {
        inside(Step(token: name, ordinal: ordinal)) { $0.check(number, value) }
    }

    mutating func apply(_ number: Int, toItem index: Int, _ value: JSONValue) {
        guard collects else { return check(number, value) }
        inside(Step(token: String(index), ordinal: index, isIndex: true)) { $0.check(number, value) }
    }

    mutating func apply(_ number: Int, toName name: String, ordinal: Int) {
        inside(Step(token: name, ordinal: ordinal)) {
            let saved = $0.isName
            $0.isName = true
            $0.check(number, .string(name))
            $0.isName = saved
        }
    }

    /// Whether nothing more needs to be found out.
    var isSettled: Bool { hasFailed && !collects }

    private mutating func inside(_ step: Step, _ body: (inout Validation) -> Void) {
        if collects { path.append(step) }
        body(&self)
        if collects { path.removeLast() }
    }

    private mutating func check(_ number: Int, _ value: JSONValue) {
        steps += 1
        guard !isExhausted else {
            hasFailed = true
            return
        }
        let node = schema.nodes[number]
        if collects, node.isSecret, !isName { secretPlaces.append(path.map(\.token)) }
        let outer = (expected, missing)
        (expected, missing) = (node.expected, node.missing)
        defer { (expected, missing) = outer }
        for keyword in node.keywords {
            let count = findings.count
            keyword.check(value, &self)
            if isSettled { return }
            // A value of the wrong type breaks other rules too, but that is one mistake; and where the schema says in its
            // own words what it expects, they say it all.
            if findings.count > count, keyword is TypeKeyword || node.expected != nil { return }
        }
    }

    /// Takes note of a mistake; `finding` is made only if somebody wants to read it.
    mutating func report(_ finding: (borrowing Validation) -> Finding) {
        hasFailed = true
        if collects, findings.count < Self.maximumFindings { findings.append(finding(self)) }
    }

    mutating func report(_ others: [Finding]) {
        hasFailed = true
        findings += others
    }

    /// More than are told, since they are put in order after they are found.
    private static let maximumFindings = 1000
}
