extension RouteTable {
    /// Every route of the server.
    static func all(_ context: HTTPContext) throws -> RouteTable {
        let settings = context.settings
        let crossOrigin = CrossOrigin(
            rule: OriginRule(publicURL: settings.publicURL, allowed: settings.allowedOrigins), logger: context.logger)
        let authentication = RouteAuthentication(tokens: context.tokens)
        return RouteTable(
            SessionRoutes(
                context: context, crossOrigin: crossOrigin, cookie: RefreshCookie(isHTTPS: settings.publicURL.isHTTPS)
            ).routes
                + OwnSessionRoutes(engine: context.engine, authentication: authentication).routes
                + PasswordRoutes(engine: context.engine).routes
                + AdminRoutes(engine: context.engine, authentication: authentication).routes
                + WebhookRoutes(engine: context.engine, authentication: authentication).routes
                + (try PublicRoutes(context)).routes
                + (try Pages(context)).routes)
    }
}
