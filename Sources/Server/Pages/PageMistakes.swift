import Engine

/// What is wrong with what somebody typed, beside the fields.
///
/// Failures speak English, to programmers; people read texts in their own language, found by code, field and keyword.
struct PageMistakes {
    struct Mistake {
        /// The name of the field; nil when it is about the whole form.
        let field: String?
        let text: PageText
    }

    let mistakes: [Mistake]

    init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes
    }

    /// What a refused form tells; `shown` are its fields, so that no link leads to one that is not there.
    init(_ failure: CommandFailure, shown: Set<String>) {
        let fields = failure.fields.map { error in
            let field = String(error.pointer.dropFirst())
            return Mistake(
                field: shown.contains(field) ? field : nil, text: Self.text(for: field, keyword: error.keyword))
        }
        mistakes = fields.isEmpty ? [Mistake(field: nil, text: Self.text(for: failure.code))] : fields
    }

    static let formIsTooOld = PageMistakes([Mistake(field: nil, text: .formIsTooOld)])

    private static func text(for field: String, keyword: String) -> PageText {
        switch (field, keyword) {
        case ("email", _): .emailIsWrong
        case ("token", _): .tokenIsMissing
        case ("confirm", _): .passwordsDiffer
        case ("oldPassword", _): .oldPasswordIsWrong
        case ("password", "minLength"): .passwordIsTooShort
        case ("password", "maxLength"): .passwordIsTooLong
        case ("password", "notIdentity"): .passwordIsIdentity
        case ("password", "notCommon"): .passwordIsCommon
        case ("password", _): .passwordIsWeak
        default: .notUnderstood
        }
    }

    private static func text(for code: CommandFailure.Code) -> PageText {
        switch code {
        case .invalidCredentials: .credentialsAreWrong
        case .passwordTooWeak: .passwordIsWeak
        case .rateLimited: .tooOften
        case .unavailable, .conflict: .busy
        default: .notUnderstood
        }
    }

    /// For the templates: the list, and each field's own under `<field>Mistake`.
    func values(_ words: (PageText) throws -> String) rethrows -> [String: Any?] {
        var values: [String: Any?] = ["hasMistakes": true]
        values["mistakes"] = try mistakes.map { mistake -> [String: Any] in
            var value: [String: Any] = ["message": try words(mistake.text)]
            if let field = mistake.field { value["field"] = field }
            return value
        }
        for mistake in mistakes {
            if let field = mistake.field { values["\(field)Mistake"] = try words(mistake.text) }
        }
        return values
    }
}
