import Commands
import Cryptography
import Engine
import HTTPTypes
import JSON

/// Login, refresh and logout: the routes that give, take and clear refresh tokens.
struct SessionRoutes: Sendable {
    /// A longer cookie is none of ours, and would fail the schema of a login that has nothing else wrong.
    private static let maximumTokenLength = 1024

    let context: HTTPContext
    let crossOrigin: CrossOrigin
    let cookie: RefreshCookie

    var routes: [Route] {
        [
            .post("/api/auth/login", logIn).forOtherOrigins,
            .post("/api/auth/refresh-token", refresh).forOtherOrigins,
            .post("/api/auth/logout", logOut).forOtherOrigins,
        ]
    }

    @Sendable private func logIn(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(Login.action)
        // With or without a cookie: nobody may log a visitor into another account (OWASP ASVS 5, 3.5.1).
        try crossOrigin.checkCookieBearing(exchange)
        var payload = try exchange.payload()
        if var members = payload.objectValue {
            if members["limited"]?.isNull ?? true {
                let asked = try exchange.queryParameters().first { $0.name == "limited" }
                members["limited"] = asked.map { .string($0.value) }
            }
            if let token = cookie.token(in: exchange.headers)?.unredacted,
                !token.isEmpty, token.utf8.count <= Self.maximumTokenLength
            {
                members.addToken(token)
            }
            payload = .object(members)
        }
        return try answer(try await context.tokens.login(payload, exchange.request()), to: exchange)
    }

    @Sendable private func refresh(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(RefreshSession.action)
        let payload = try payloadWithToken(exchange)
        do {
            return try answer(try await context.tokens.refresh(payload, exchange.request()), to: exchange)
        } catch let failure as CommandFailure where [.invalidToken, .sessionRevoked].contains(failure.code) {
            // Nothing but a definite no may log a browser out: not a limit, and not a fault of ours.
            var response = Problem(failure: failure, requestID: exchange.id).response
            response.headers[.setCookie] = cookie.cleared
            return response
        }
    }

    @Sendable private func logOut(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(Logout.action)
        let answer = try await context.engine.run(
            Logout.action, try payloadWithToken(exchange), for: exchange.request())
        var response = Response.json(answer)
        response.headers[.setCookie] = cookie.cleared
        return response
    }

    private func payloadWithToken(_ exchange: Exchange) throws(CommandFailure) -> JSONValue {
        try checkOrigin(exchange)
        let payload = try exchange.payloadOrNothing()
        guard var members = payload.objectValue, let token = cookie.token(in: exchange.headers) else { return payload }
        members.addToken(token.unredacted)
        return .object(members)
    }

    private func checkOrigin(_ exchange: Exchange) throws(CommandFailure) {
        if cookie.isCarried(by: exchange.headers) { try crossOrigin.checkCookieBearing(exchange) }
    }

    /// The tokens; a browser gets the refresh token in the cookie alone, where no script can read it.
    private func answer(_ tokens: any SessionTokens, to exchange: Exchange) throws -> Response {
        var members = try tokens.members
        if exchange.isFromBrowser { members["refreshToken"] = nil }
        var response = Response.json(.object(members))
        response.headers[.setCookie] = cookie.set(tokens.refreshToken, lifetime: tokens.cookieLifetime)
        return response
    }
}

extension JSONObject {
    /// Adds the cookie's token, unless the body has one; `null` is the same as leaving it out.
    fileprivate mutating func addToken(_ token: String) {
        if self["refreshToken"]?.isNull ?? true { self["refreshToken"] = .string(token) }
    }
}
