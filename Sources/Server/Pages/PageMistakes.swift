import Engine

/// What is wrong with what somebody typed, in words for people, beside the fields.
struct PageMistakes {
    struct Mistake {
        /// The name of the field; nil when it is about the whole form.
        let field: String?
        let message: String
    }

    let mistakes: [Mistake]

    init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes
    }

    /// What a refused form tells; `shown` are its fields, so that no link leads to one that is not there.
    init(_ failure: CommandFailure, shown: Set<String>) {
        switch failure.code {
        case .passwordTooWeak:
            mistakes = [Mistake(field: "password", message: failure.detail)]
        case .invalidInput where !failure.fields.isEmpty:
            mistakes = failure.fields.map { error in
                let field = String(error.pointer.dropFirst())
                return Mistake(
                    field: shown.contains(field) ? field : nil, message: Self.messages[field] ?? error.message)
            }
        default:
            mistakes = [Mistake(field: nil, message: failure.detail)]
        }
    }

    static let formIsTooOld = PageMistakes([
        Mistake(field: nil, message: "The page had been open for too long. Please send the form again.")
    ])

    private static let messages = [
        "email": "Write an address like anna@example.com.",
        "password": "Choose a password of at least 8 characters.",
        "confirm": "The two passwords are not the same.",
        "token": "Paste the link or the code from your mail.",
    ]

    /// For the templates: the list, and each field's own under `<field>Mistake`.
    var values: [String: Any?] {
        var values: [String: Any?] = ["hasMistakes": true]
        values["mistakes"] = mistakes.map { mistake -> [String: Any] in
            var value: [String: Any] = ["message": mistake.message]
            if let field = mistake.field { value["field"] = field }
            return value
        }
        for mistake in mistakes {
            if let field = mistake.field { values["\(field)Mistake"] = mistake.message }
        }
        return values
    }
}
