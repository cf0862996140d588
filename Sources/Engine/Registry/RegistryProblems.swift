/// Everything that is wrong with the commands and their descriptors, found at launch and reported at once.
public struct RegistryProblems: Error, Sendable, CustomStringConvertible {
    /// One sentence each.
    public let problems: [String]

    init(_ problems: [String]) {
        self.problems = problems
    }

    public var description: String {
        "The commands cannot be loaded:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
