import HTTPTypes
import Commands
import Engine
import JSON
import Storage

/// The page on which somebody sees their licences and sessions, and ends sessions.
struct AccountPage: Sendable {
    static let path = "/account"
    private static let endPath = "/account/end-session"
    private static let endAllPath = "/account/end-all-sessions"
    /// How many sessions are listed; those with seats first, for they matter most.
    private static let maximumSessions = 100

    /// What has just happened; in the address it is one of these words, never text that anybody could write.
    enum Done: String {
        case ended, everywhere, out, password, over

        var text: PageText {
            switch self {
            case .ended: .sessionEnded
            case .everywhere: .allSessionsEnded
            case .out: .loggedOut
            case .password: .passwordChanged
            case .over: .sessionIsOver
            }
        }
    }

    let viewers: AccountViewers
    let templates: PageTemplates

    var routes: [Route] {
        [
            .get(Self.path, show),
            Route.get(Self.endPath) { _ in .seeOther(Self.path) }.post(endSession).takingForms,
            Route.get(Self.endAllPath) { _ in .seeOther(Self.path) }.post(endAll).takingForms,
        ]
    }

    static func redirect(_ done: Done? = nil) -> Response {
        .seeOther(path + (done.map { "?done=\($0.rawValue)" } ?? ""))
    }

    @Sendable private func show(_ exchange: Exchange) async throws -> Response {
        let named = (try exchange.queryParameters()).first { $0.name == "done" }?.value
        let notice = try named.flatMap(Done.init(rawValue:)).map { try templates.text($0.text, in: exchange.language) }
        guard let viewer = try await viewers.viewer(exchange) else {
            return try AccountLoginPage(viewers: viewers, templates: templates).page(exchange, notice: notice)
        }
        return try templates.page(
            .account, in: exchange.language, try values(viewer, exchange.language).merging(["notice": notice]) { $1 })
    }

    private func values(_ viewer: AccountViewers.Viewer, _ language: Language) throws -> [String: Any?] {
        let user = viewer.account.user
        let words = AccountWords(templates: templates, language: language, now: viewers.context.clock.now())
        let sessions = user.sessions.sorted { left, right in
            func rank(_ session: SessionView) -> Int {
                session.id == viewer.account.session ? 2 : session.limited ? 0 : 1
            }
            return (rank(left), left.lastUsedAt) > (rank(right), right.lastUsedAt)
        }
        let listed = sessions.prefix(Self.maximumSessions)
        let current = user.licenses.filter(words.isCurrent)
        return [
            "name": user.name, "email": user.email,
            "isFull": !current.isEmpty && current.allSatisfy { $0.seatsUsed >= $0.seats },
            "licenses": try user.licenses.map { try words.values(of: $0) }, "hasLicenses": !user.licenses.isEmpty,
            "sessions": try listed.map { try words.values(of: $0, current: viewer.account.session) },
            "more": sessions.count > listed.count ? String(sessions.count - listed.count) : nil,
            "endToken": viewers.formToken(for: Self.endPath, viewer),
            "endAllToken": viewers.formToken(for: Self.endAllPath, viewer),
        ]
    }

    @Sendable private func endSession(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(RevokeOwnSession.action)
        return try await viewers.change(exchange) { form, viewer in
            guard !form.isTooOld else { return Self.redirect() }
            let (id, request) = (form["sessionId"], exchange.request(by: viewer.account.caller))
            do {
                _ = try await viewers.context.engine.run(
                    RevokeOwnSession.action, ["sessionId": .string(id)], for: request)
            } catch let failure as CommandFailure where failure.code == .notFound {
                // The user is right in any case: it is not there.
            }
            guard id == viewer.account.session.description else { return Self.redirect(.ended) }
            return leave(viewer, .out)
        }
    }

    @Sendable private func endAll(_ exchange: Exchange) async throws -> Response {
        exchange.notes.note(RevokeOwnSessions.action)
        return try await viewers.change(exchange) { form, viewer in
            guard !form.isTooOld else { return Self.redirect() }
            let request = exchange.request(by: viewer.account.caller)
            _ = try await viewers.context.engine.run(RevokeOwnSessions.action, [:], for: request)
            return leave(viewer, .everywhere)
        }
    }

    private func leave(_ viewer: AccountViewers.Viewer, _ done: Done) -> Response {
        var response = Self.redirect(done)
        response.headers[.setCookie] = viewer.cookie.cleared
        return response
    }
}
