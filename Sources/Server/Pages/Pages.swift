import Engine
import HTTPTypes
import Hummingbird
import Resources

/// What people see in a browser; everything works without a script.
struct Pages: Sendable {
    private let context: HTTPContext
    private let templates: PageTemplates
    private let forms: FormTokens
    private let stylesheet: [UInt8]

    init(_ context: HTTPContext) throws {
        self.context = context
        templates = try PageTemplates(appName: context.settings.appName)
        forms = try FormTokens(key: context.tokens.formKey, clock: context.clock)
        guard let bytes = Resources.bytes(named: "pages/usher.css") else {
            throw PageTemplates.MissingPage(name: "usher.css")
        }
        stylesheet = bytes
    }

    var routes: [Route] {
        let rule = context.originRule
        let pages: [Route] = [
            .get("/") { _ in try templates.page(.home) },
            ResetPasswordPage(engine: context.engine, templates: templates, forms: forms, rule: rule).route,
            CreatePasswordPage(context: context, templates: templates, forms: forms, rule: rule).route,
            RefusedPage(templates: templates, forms: forms).route,
        ]
        return pages.map { $0.failing(with: failure) } + [.get("/assets/usher.css", style)]
    }

    @Sendable private func style(_ exchange: Exchange) async throws -> Response {
        var response = Response.bytes(stylesheet, type: "text/css; charset=utf-8")
        response.headers[.cacheControl] = "public, max-age=3600"
        return response
    }

    @Sendable private func failure(_ failure: CommandFailure, _ exchange: Exchange) throws -> Response {
        var response = try templates.page(
            .failure,
            [
                "heading": "That did not work", "why": failure.detail, "requestID": exchange.id, "back": exchange.path,
            ], status: ProblemStatus.status(of: failure.code))
        response.headers[.retryAfter] = failure.retryAfterSeconds
        return response
    }
}
