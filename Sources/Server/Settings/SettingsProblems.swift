/// Everything that is wrong with the settings, found at launch and reported at once.
package struct SettingsProblems: Error, Sendable, CustomStringConvertible {
    /// Sentences; none shows a secret.
    package let problems: [String]

    init(_ problems: [String]) {
        self.problems = problems
    }

    /// A list for the terminal.
    package var description: String {
        "The settings are not right:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}

/// Why a text is no value of a setting.
struct WrongValue: Error, Equatable {
    /// Goes on after the quoted value: "is not a port. Write a number from 1 to 65535."
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
