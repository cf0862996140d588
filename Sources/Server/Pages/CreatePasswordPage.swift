import Commands
import Cryptography
import Engine
import HTTPTypes
import JSON

/// The page that a mail's link opens, and on which somebody sets a password. Opening it spends nothing.
struct CreatePasswordPage: Sendable {
    static let path = "/create-password"

    let context: HTTPContext
    let templates: PageTemplates
    let forms: FormTokens
    let rule: OriginRule

    var route: Route { .get(Self.path, show).post(send).takingForms }

    /// The token moves from the address into the form; without one, the page asks for it.
    @Sendable private func show(_ exchange: Exchange) async throws -> Response {
        guard let token = (try exchange.queryParameters()).first(where: { $0.name == "token" })?.value else {
            return try page(exchange, token: nil)
        }
        return try await page(exchange, token: token, nil, after: nil)
    }

    @Sendable private func send(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(CreatePassword.action)
        let form = try PageForm(exchange, forms, rule)
        let token = Self.token(in: form.trimmed("token"))
        guard !token.isEmpty else { return try page(exchange, token: nil, nil, Self.tokenIsMissing) }
        guard !form.isTooOld else { return try await page(exchange, token: token, .formIsTooOld, after: nil) }
        let payload: JSONValue = [
            "token": .string(token), "password": .string(form["password"]), "confirm": .string(form["confirm"]),
        ]
        do {
            _ = try await context.engine.run(CreatePassword.action, payload, for: exchange.request())
        } catch  where error.code == .invalidToken {
            return RefusedPage.redirect(for: try await context.tokens.linkState(Secret(token)))
        } catch  where error.canBeMended {
            let mistakes = PageMistakes(error, shown: ["password", "confirm"])
            return try await page(exchange, token: token, mistakes, after: error)
        }
        return try templates.page(.createPasswordDone, in: exchange.language, ["appURL": context.settings.appURL])
    }

    private static let tokenIsMissing = PageMistakes([.init(field: "token", text: .tokenIsMissing)])

    /// Somebody may paste the whole link.
    private static func token(in text: String) -> String {
        guard let start = text.firstRange(of: "token=") else { return text }
        return String(text[start.upperBound...].prefix { $0 != "&" && $0 != "#" })
    }

    /// The page with the token of a link in its form, if the link works.
    private func page(
        _ exchange: Exchange, token: String, _ mistakes: PageMistakes?, after failure: CommandFailure?
    ) async throws -> Response {
        let state = try await context.tokens.linkState(Secret(token))
        guard case .live(let owner) = state else { return RefusedPage.redirect(for: state) }
        return try page(exchange, token: token, owner, mistakes, after: failure)
    }

    private func page(
        _ exchange: Exchange, token: String?, _ owner: PasswordLinkState.Owner? = nil,
        _ mistakes: PageMistakes? = nil, after failure: CommandFailure? = nil
    ) throws -> Response {
        let values: [String: Any?] = [
            "formToken": forms.make(for: Self.path), "token": token, "username": owner?.email, "name": owner?.name,
        ]
        return try templates.form(.createPassword, in: exchange.language, values, mistakes, after: failure)
    }
}
