package import Engine

/// The commands about users.
package struct UsersPlugin: CommandPlugin {
    package let name = "users"
    let services: Services

    package var commands: [any Command] {
        [
            CreateUser(links: services.links, mails: services.mails),
            UpdateUser(
                database: services.database, hasher: services.hasher, policy: services.passwordPolicy,
                mails: services.mails),
            DeleteUser(mails: services.mails),
            GetUser(), ListUsers(),
        ]
    }
}
