import ArgumentParser
import Commands
import Engine
import JSON
import Storage

/// `usher create-admin`: makes an administrator, mails the link to set the password, and prints it too.
struct CreateAdmin: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create-admin", abstract: "Create an administrator, and print the link to set the password.")

    @Argument(help: "The e-mail address.")
    var email: String

    @Argument(help: "The name.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        try await Installation.withExisting(settings, surroundings) { installation in
            let isInvited = try await installation.isInvitedAdmin(EmailAddress(email))
            let answer = try await installation.engine.run(
                CreateUser.self,
                [
                    "email": .string(email), "name": .string(name), "role": "ADMIN",
                    "ifExists": isInvited ? "use" : "error",
                ],
                for: installation.request())
            let url = try await installation.invitationURL(of: answer.user.id)
            print(
                """
                \(answer.user.name) <\(answer.user.email)> is an administrator. Set the password here:

                  \(url)

                The link is in a mail too. It works once.
                """)
        }
    }
}

extension Installation {
    /// Whether that is an administrator who can log in once a password is set: then asking again gives the link again.
    fileprivate func isInvitedAdmin(_ email: EmailAddress) async throws -> Bool {
        let user = try await services.database.read { tx in try User.find(email, in: tx) }
        return user?.role == .admin && user?.status == .active && user?.passwordHash == nil
    }

    fileprivate func invitationURL(of user: User.ID) async throws -> String {
        let (links, now) = (services.links, services.clock.now())
        return try await services.database.read { tx in
            guard let link = try links.newest(of: user, at: now, in: tx) else {
                throw CannotStart("The link is gone already. Call create-admin again.")
            }
            return links.url(of: link)
        }
    }
}
