import Commands
import Engine

/// Finds out whose account a browser may see, by its cookies; looking changes nothing and takes no seat.
struct AccountViewers: Sendable {
    let context: HTTPContext
    let forms: FormTokens
    let rule: OriginRule

    /// Somebody who is logged in.
    struct Viewer: Sendable {
        let account: Account
        /// The cookie by which this browser showed it.
        let cookie: RefreshCookie
    }

    /// The cookie of the page's own login.
    var ownCookie: RefreshCookie { .accountPage(isHTTPS: context.settings.publicURL.isHTTPS) }

    /// Who looks at the page: by the application's session if the browser has one, else by that of the page.
    func viewer(_ exchange: Exchange) async throws -> Viewer? {
        for cookie in [.application(isHTTPS: context.settings.publicURL.isHTTPS), ownCookie] {
            guard let token = cookie.token(in: exchange.headers) else { continue }
            if let account = try await context.tokens.account(token) { return Viewer(account: account, cookie: cookie) }
        }
        return nil
    }

    /// A hidden token for a form of that viewer.
    func formToken(for path: String, _ viewer: Viewer? = nil) -> String {
        forms.make(for: path, of: viewer?.account.session)
    }

    /// Takes a form that changes something, from a viewer who is still logged in; then the browser is sent on.
    func change(
        _ exchange: Exchange, _ body: (PageForm, Viewer) async throws -> Response
    ) async throws -> Response {
        guard let viewer = try await viewer(exchange) else {
            try PageForm.check(exchange, forms, rule)
            return AccountPage.redirect(.over)
        }
        let form = try PageForm(exchange, forms, rule, of: viewer.account.session)
        do {
            return try await body(form, viewer)
        } catch let failure as CommandFailure where [.sessionRevoked, .invalidToken].contains(failure.code) {
            return AccountPage.redirect(.over)
        }
    }
}
