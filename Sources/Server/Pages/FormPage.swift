import Engine
import HTTPTypes
import Hummingbird

extension PageTemplates {
    /// A page with a form: as it is opened first, or with what was wrong when it was sent.
    func form(
        _ name: Name, _ values: [String: Any?], _ mistakes: PageMistakes? = nil, after failure: CommandFailure? = nil
    ) throws -> Response {
        guard let mistakes else { return try page(name, values) }
        let status = failure.map { ProblemStatus.status(of: $0.code) } ?? .unprocessableContent
        var response = try page(name, values.merging(mistakes.values) { _, new in new }, status: status)
        response.headers[.retryAfter] = failure?.retryAfterSeconds
        return response
    }
}

extension CommandFailure {
    /// Whether it helps to show the form again: the input can be corrected, or sent once more later.
    var canBeMended: Bool {
        [.invalidInput, .passwordTooWeak, .rateLimited, .unavailable, .conflict].contains(code)
    }
}
