import HTTPTypes
import Commands
import Cryptography
import Engine
import JSON

/// Logs somebody in to look after their account, without taking a seat: who is at the limit could not free one else.
struct AccountLoginPage: Sendable {
    static let path = "/account/login"
    /// How the names of this page's devices begin, by which lists tell its sessions from others.
    static let devicePrefix = "account-page-"
    private static let lifetimeInSeconds: Int64 = 12 * 60 * 60

    let viewers: AccountViewers
    let templates: PageTemplates

    var routes: [Route] {
        [Route.get(Self.path) { _ in .seeOther(AccountPage.path) }.post(logIn).takingForms]
    }

    /// The form; `next` is the page to which a login leads.
    func page(
        _ exchange: Exchange, email: String = "", notice: String? = nil, next: AccountNext = .overview,
        _ mistakes: PageMistakes? = nil, after failure: CommandFailure? = nil
    ) throws -> Response {
        let values: [String: Any?] = [
            "formToken": viewers.formToken(for: Self.path), "email": email, "notice": notice, "next": next.rawValue,
        ]
        return try templates.form(.accountLogin, in: exchange.language, values, mistakes, after: failure)
    }

    @Sendable private func logIn(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(Login.action)
        let form = try PageForm(exchange, viewers.forms, viewers.rule)
        let email = form.trimmed("email")
        let next = AccountNext(rawValue: form["next"]) ?? .overview
        guard !form.isTooOld else { return try page(exchange, email: email, next: next, .formIsTooOld) }
        do {
            let cookie = try await cookie(for: email, form["password"], exchange)
            var response = Response.seeOther(next.path)
            response.headers[.setCookie] = cookie
            return response
        } catch let failure as CommandFailure where failure.canBeMended {
            let mistakes = PageMistakes(failure, shown: ["email", "password"])
            return try page(exchange, email: email, next: next, mistakes, after: failure)
        }
    }

    /// Makes a session without a seat; the cookie with its token.
    private func cookie(for email: String, _ password: String, _ exchange: Exchange) async throws -> String {
        var payload: JSONObject = [
            "email": .string(email), "password": .string(password), "limited": true,
            "expiresIn": .number(JSONNumber(Self.lifetimeInSeconds)),
            // Another name at each login: of two browsers, none replaces the other's session.
            "deviceId": .string(Self.devicePrefix + exchange.id),
        ]
        // The session that this browser had here before ends (OWASP ASVS 5, 7.2.4).
        payload["refreshToken"] = viewers.ownCookie.token(in: exchange.headers).map { .string($0.unredacted) }
        let tokens = try await viewers.context.tokens.login(.object(payload), exchange.request())
        return viewers.ownCookie.set(tokens.refreshToken, lifetime: tokens.cookieLifetime)
    }
}

/// Where a login on the page of the account leads; one of these words, never an address that anybody could write.
enum AccountNext: String {
    case overview, password

    var path: String {
        switch self {
        case .overview: AccountPage.path
        case .password: AccountPasswordPage.path
        }
    }
}
