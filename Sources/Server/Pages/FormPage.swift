import Engine
import HTTPTypes

extension PageTemplates {
    /// A page with a form: as it is opened first, or with what was wrong when it was sent.
    func form(
        _ name: Name, in language: Language, _ values: [String: Any?], _ mistakes: PageMistakes? = nil,
        after failure: CommandFailure? = nil
    ) throws -> Response {
        guard let mistakes else { return try page(name, in: language, values) }
        let shown = try mistakes.values { try text($0, in: language) }
        var response = try page(
            name, in: language, values.merging(shown) { _, new in new }, status: Self.status(after: failure))
        response.headers[.retryAfter] = failure?.retryAfterSeconds
        return response
    }

    /// A wrong password is no 401 here: that would ask for a way to log in other than this form (RFC 9110 §15.5.2).
    private static func status(after failure: CommandFailure?) -> HTTPResponse.Status {
        guard let failure, failure.code != .invalidCredentials else { return .unprocessableContent }
        return ProblemStatus.status(of: failure.code)
    }
}

extension CommandFailure {
    /// Whether it helps to show the form again: the input can be corrected, or sent once more later.
    var canBeMended: Bool {
        [.invalidInput, .passwordTooWeak, .invalidCredentials, .rateLimited, .unavailable, .conflict].contains(code)
    }
}
