import Commands
import Engine
import JSON

/// The page on which somebody who is logged in changes their password.
struct AccountPasswordPage: Sendable {
    static let path = "/account/password"
    /// Where password managers look for this page (W3C, "A Well-Known URL for Changing Passwords").
    private static let wellKnownPath = "/.well-known/change-password"

    let viewers: AccountViewers
    let templates: PageTemplates

    var routes: [Route] {
        [
            .get(Self.path, show).post(send).takingForms,
            .get(Self.wellKnownPath) { _ in .seeOther(Self.path) },
        ]
    }

    @Sendable private func show(_ exchange: Exchange) async throws -> Response {
        guard let viewer = try await viewers.viewer(exchange) else {
            return try AccountLoginPage(viewers: viewers, templates: templates).page(exchange, next: .password)
        }
        return try page(exchange, viewer)
    }

    @Sendable private func send(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(ChangePassword.action)
        return try await viewers.change(exchange) { form, viewer in
            guard !form.isTooOld else { return try page(exchange, viewer, .formIsTooOld) }
            let payload: JSONValue = [
                "oldPassword": .string(form["oldPassword"]), "password": .string(form["password"]),
                "confirm": .string(form["confirm"]),
            ]
            do {
                let request = exchange.request(by: viewer.account.caller)
                _ = try await viewers.context.engine.run(ChangePassword.action, payload, for: request)
            } catch let failure as CommandFailure where failure.canBeMended {
                let mistakes = PageMistakes(failure, shown: ["oldPassword", "password", "confirm"])
                return try page(exchange, viewer, mistakes, after: failure)
            }
            return AccountPage.redirect(.password)
        }
    }

    private func page(
        _ exchange: Exchange, _ viewer: AccountViewers.Viewer, _ mistakes: PageMistakes? = nil,
        after failure: CommandFailure? = nil
    ) throws -> Response {
        let user = viewer.account.user
        let values: [String: Any?] = [
            "formToken": viewers.formToken(for: Self.path, viewer), "username": user.email, "name": user.name,
        ]
        return try templates.form(.accountPassword, in: exchange.language, values, mistakes, after: failure)
    }
}
