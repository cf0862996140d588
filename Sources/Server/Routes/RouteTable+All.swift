import Engine

extension RouteTable {
    /// Every route of the server.
    static func all(_ context: HTTPContext) throws -> RouteTable {
        let authentication = RouteAuthentication(tokens: context.tokens, limits: context.engine.limits)
        let routes =
            [
                SessionRoutes(
                    context: context, crossOrigin: context.crossOrigin,
                    cookie: .application(isHTTPS: context.settings.publicURL.isHTTPS)
                ).routes,
                OwnSessionRoutes(engine: context.engine, authentication: authentication).routes,
                PasswordRoutes(engine: context.engine, authentication: authentication).routes,
                AdminRoutes(engine: context.engine, authentication: authentication).routes,
                CommandRoutes(engine: context.engine, authentication: authentication).routes,
                WebhookRoutes(engine: context.engine, authentication: authentication).routes,
                PublicRoutes(context).routes,
                MetricsRoutes(context).routes,
                try Pages(context).routes,
            ].flatMap(\.self)
        return RouteTable(routes + [OpenAPIRoute(context, describing: routes).route])
    }
}
