package import Engine

/// The commands by which users set and reset passwords.
package struct PasswordsPlugin: CommandPlugin {
    package let name = "passwords"
    let services: Services

    package var commands: [any Command] {
        [
            RequestPasswordReset(links: services.links, mails: services.mails),
            CreatePassword(
                database: services.database, hasher: services.hasher, policy: services.passwordPolicy,
                links: services.links, mails: services.mails),
            ChangePassword(
                database: services.database, hasher: services.hasher, policy: services.passwordPolicy,
                mails: services.mails),
        ]
    }
}
