/// One thing that the doctor looked at.
struct Finding: Equatable {
    enum Grade: String {
        case ok
        /// It works, and may not for long, or not for everybody.
        case warning
        /// Something does not work.
        case problem
    }

    let grade: Grade
    let subject: String
    /// What was seen; never a secret.
    let text: String
    /// How to mend it.
    let advice: String?

    static func ok(_ subject: String, _ text: String) -> Finding {
        Finding(grade: .ok, subject: subject, text: text, advice: nil)
    }

    static func warning(_ subject: String, _ text: String, _ advice: String) -> Finding {
        Finding(grade: .warning, subject: subject, text: text, advice: advice)
    }

    static func problem(_ subject: String, _ text: String, _ advice: String? = nil) -> Finding {
        Finding(grade: .problem, subject: subject, text: text, advice: advice)
    }

    /// A line for a terminal, and one more where there is something to do.
    var lines: String {
        let grade = grade.rawValue + String(repeating: " ", count: 9 - grade.rawValue.count)
        let advice = advice.map { "\n           \($0)" } ?? ""
        return "\(grade)\(subject): \(text.replacing("\n", with: " "))\(advice)"
    }
}
