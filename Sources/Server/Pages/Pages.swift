import Engine
import HTTPTypes

/// What people see in a browser, in their language; everything works without a script.
struct Pages: Sendable {
    private let context: HTTPContext
    private let templates: PageTemplates
    private let forms: FormTokens
    private let assets: Assets

    init(_ context: HTTPContext) throws {
        self.context = context
        templates = try PageTemplates(appName: context.settings.appName)
        forms = try FormTokens(key: context.tokens.formKey, clock: context.clock)
        assets = try Assets()
    }

    var routes: [Route] {
        let rule = context.originRule
        let viewers = AccountViewers(context: context, forms: forms, rule: rule)
        let pages: [Route] =
            [
                .get("/") { exchange in try templates.page(.home, in: exchange.language) },
                ResetPasswordPage(engine: context.engine, templates: templates, forms: forms, rule: rule).route,
                CreatePasswordPage(context: context, templates: templates, forms: forms, rule: rule).route,
                RefusedPage(templates: templates, forms: forms).route,
            ]
            + AccountLoginPage(viewers: viewers, templates: templates).routes
            + AccountPage(viewers: viewers, templates: templates).routes
            + AccountPasswordPage(viewers: viewers, templates: templates).routes
        return pages.map { $0.failing(with: failure) } + assets.routes
    }

    @Sendable private func failure(_ failure: CommandFailure, _ exchange: Exchange) throws -> Response {
        let text: PageText =
            switch failure.code {
            case .forbidden: .formIsForeign
            case .rateLimited: .tooOften
            case .unavailable: .busy
            case .internal: .brokenHere
            default: .failed
            }
        var response = try templates.page(
            .failure, in: exchange.language,
            [
                "why": try templates.text(text, in: exchange.language), "requestID": exchange.id, "back": exchange.path,
            ], status: ProblemStatus.status(of: failure.code))
        response.headers[.retryAfter] = failure.retryAfterSeconds
        return response
    }
}
