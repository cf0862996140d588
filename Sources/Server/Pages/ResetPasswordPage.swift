import Commands
import Engine
import HTTPTypes
import JSON

/// The page on which somebody asks for a mail to set a new password. What it says is the same for every address.
struct ResetPasswordPage: Sendable {
    static let path = "/reset-password"

    let engine: CommandEngine
    let templates: PageTemplates
    let forms: FormTokens
    let rule: OriginRule

    var route: Route { .get(Self.path, show).post(send).takingForms }

    @Sendable private func show(_ exchange: Exchange) async throws -> Response { try page(exchange) }

    @Sendable private func send(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(RequestPasswordReset.action)
        let form = try PageForm(exchange, forms, rule)
        let email = form.trimmed("email")
        guard !form.isTooOld else { return try page(exchange, email: email, .formIsTooOld) }
        do {
            _ = try await engine.run(RequestPasswordReset.action, ["email": .string(email)], for: exchange.request())
        } catch  where error.canBeMended {
            return try page(exchange, email: email, PageMistakes(error, shown: ["email"]), after: error)
        }
        let values: [String: Any?] = [
            "email": email, "formToken": forms.make(for: Self.path), "isRepeated": form["again"].isEmpty ? nil : true,
        ]
        return try templates.page(.resetPasswordSent, in: exchange.language, values)
    }

    private func page(
        _ exchange: Exchange, email: String = "", _ mistakes: PageMistakes? = nil, after failure: CommandFailure? = nil
    ) throws -> Response {
        let values: [String: Any?] = ["formToken": forms.make(for: Self.path), "email": email]
        return try templates.form(.resetPassword, in: exchange.language, values, mistakes, after: failure)
    }
}
