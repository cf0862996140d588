/// Problems of one kind, found at once.
struct ProblemList: Error, CustomStringConvertible {
    let heading: String
    /// Sentences; none shows a secret.
    let lines: [String]
    /// What the process ends with: 78 for what is set, 1 for what it finds (sysexits.h).
    let exitCode: Int32

    init(_ heading: String, _ lines: [String], exitCode: Int32) {
        self.heading = heading
        self.lines = lines
        self.exitCode = exitCode
    }

    /// A list for the terminal.
    var description: String { "\(heading):\n" + lines.map { "  - \($0)" }.joined(separator: "\n") }
}

/// Everything that keeps the server from starting.
struct StartProblems: Error, CustomStringConvertible {
    /// At least one.
    let lists: [ProblemList]

    /// Wrong settings come first: with them right, the rest may look different.
    var exitCode: Int32 { lists.map(\.exitCode).max() ?? 1 }

    var description: String { lists.map(\.description).joined(separator: "\n") }
}
