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

    @Option(help: ArgumentHelp("The language of mails, such as de or de-AT.", valueName: "tag"))
    var locale: String?

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        try await Installation.withExisting(settings, surroundings) { installation in
            try await installation.refuseUnlessNewOrInvited(EmailAddress(email))
            let answer = try await installation.engine.run(
                CreateUser.self,
                [
                    "email": .string(email), "name": .string(name), "role": "ADMIN", "ifExists": "use",
                    "locale": locale.map { .string($0) } ?? .null,
                ],
                for: installation.request())
            let (url, end) = try await installation.invitation(of: answer.user.id)
            print(
                """
                \(answer.user.name) <\(answer.user.email)> is an administrator. Set the password here:

                  \(url)

                The link is in a mail too. It works once, and until \(end).
                """)
        }
    }
}

extension Installation {
    /// An administrator without a password gets the link again; everybody else who is there stays as they are.
    fileprivate func refuseUnlessNewOrInvited(_ email: EmailAddress) async throws {
        guard let user = try await services.database.read({ tx in try User.find(email, in: tx) }) else { return }
        let called = "\(user.name) <\(user.email.text)>, user \(user.id),"
        if user.status == .inactive {
            throw CommandFailure.conflict(
                "\(called) is INACTIVE. Change that with `usher run update-user userId=\(user.id) status=ACTIVE`.")
        }
        if user.role != .admin {
            throw CommandFailure.conflict(
                "\(called) is there already. Make an administrator of them with "
                    + "`usher run update-user userId=\(user.id) role=ADMIN`.")
        }
        if user.passwordHash != nil {
            throw CommandFailure.conflict(
                "\(called) is an administrator already, and has a password. A new one can be set by way of "
                    + "\(settings.web.publicURL)/reset-password.")
        }
    }

    fileprivate func invitation(of user: User.ID) async throws -> (url: String, end: Timestamp) {
        let (links, now) = (services.links, services.clock.now())
        return try await services.database.read { tx in
            guard let link = try links.newest(of: user, at: now, in: tx) else {
                throw CommandFailure.conflict("The link was used at this moment. If that was not you, call this again.")
            }
            return (links.url(of: link), link.expiresAt)
        }
    }
}
