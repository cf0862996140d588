package import Engine

/// The commands about sessions, those of the auth routes among them.
package struct SessionsPlugin: CommandPlugin {
    package let name = "sessions"
    let services: Services

    package var commands: [any Command] {
        [
            Login(
                database: services.database, hasher: services.hasher, random: services.random,
                accessTokens: services.accessTokens, refreshTokens: services.refreshTokens, seats: services.seats,
                lifetime: services.settings.sessionLifetime, metrics: services.sessionMetrics),
            RefreshSession(
                accessTokens: services.accessTokens, refreshTokens: services.refreshTokens,
                rotation: RefreshRotation(
                    tokens: services.refreshTokens, seats: services.seats, mails: services.mails),
                seats: services.seats, metrics: services.sessionMetrics),
            Logout(refreshTokens: services.refreshTokens),
            ListOwnSessions(), RevokeOwnSession(), RevokeOwnSessions(), RevokeSession(mails: services.mails),
            RevokeAllUserSessions(), PruneSessions(),
        ]
    }
}
