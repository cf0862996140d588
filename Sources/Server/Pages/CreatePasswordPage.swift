import Commands
import Cryptography
import Engine
import HTTPTypes
import Hummingbird
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
            return try page(token: nil)
        }
        let state = try await context.tokens.linkState(Secret(token))
        return state == .live ? try page(token: token) : RefusedPage.redirect(for: state)
    }

    @Sendable private func send(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(CreatePassword.action)
        let form = try PageForm(exchange, forms, rule)
        let token = Self.token(in: form.trimmed("token"))
        guard !token.isEmpty else { return try page(token: nil, Self.tokenIsMissing) }
        guard !form.isTooOld else { return try page(token: token, .formIsTooOld) }
        let payload: JSONValue = [
            "token": .string(token), "password": .string(form["password"]), "confirm": .string(form["confirm"]),
        ]
        do {
            _ = try await context.engine.run(CreatePassword.action, payload, for: exchange.request())
        } catch  where error.code == .invalidToken {
            return RefusedPage.redirect(for: try await context.tokens.linkState(Secret(token)))
        } catch  where error.canBeMended {
            return try page(token: token, PageMistakes(error, shown: ["password", "confirm"]), after: error)
        }
        return try templates.page(.createPasswordDone, ["appURL": context.settings.appURL])
    }

    private static let tokenIsMissing = PageMistakes([
        .init(field: "token", message: "Paste the link or the code from your mail.")
    ])

    /// Somebody may paste the whole link.
    private static func token(in text: String) -> String {
        guard let start = text.firstRange(of: "token=") else { return text }
        return String(text[start.upperBound...].prefix { $0 != "&" && $0 != "#" })
    }

    private func page(
        token: String?, _ mistakes: PageMistakes? = nil, after failure: CommandFailure? = nil
    ) throws -> Response {
        let values: [String: Any?] = ["formToken": forms.make(for: Self.path), "token": token]
        return try templates.form(.createPassword, values, mistakes, after: failure)
    }
}
