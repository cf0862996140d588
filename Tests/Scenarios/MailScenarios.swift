import Foundation
import JSON
import TestSupport
import Testing

/// What mails say, in which language, and who gets none.
struct MailScenarios {
    @Test func aUsersMailsComeInTheirLanguage() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let user = try await shop.run(
            "create-user", ["email": "eva@example.com", "name": "Eva Huber", "locale": "de-AT"])
        let invitation = try await lab.mail(to: "eva@example.com")
        #expect(invitation.subject == "Willkommen bei Usher: Wählen Sie Ihr Passwort")
        #expect(invitation.text.contains("3 Tage gültig"))
        #expect(invitation.html.contains("<html lang=\"de\">"))

        let link = try #require(invitation.link)
        try await lab.setPassword(by: link)
        #expect(try await lab.mail(to: "eva@example.com").subject == "Ihr Passwort für Usher wurde festgelegt")
        try await shop.run("update-user", ["userId": user["id"] ?? .null, "password": "ein ganz neues Geheimnis"])
        #expect(try await lab.mail(to: "eva@example.com").subject == "Ihr Passwort für Usher wurde geändert")

        try await shop.run("update-user", ["userId": user["id"] ?? .null, "status": "INACTIVE", "locale": "fr"])
        let changed = try await lab.mail(to: "eva@example.com")
        #expect(changed.subject == "Your account at Usher was changed", "there is no French")
        #expect(changed.text.contains("- Language of these mails: fr\n- Status: inactive\n"))
    }

    @Test func aSilentInvitationIsInTheAnswerAndNowhereElse() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let answer = try await shop.run(
            "create-user", ["email": "eva@example.com", "name": "Eva Huber", "notify": "false"])
        let link = try #require(Link(in: answer.at("invitation", "url")?.stringValue ?? ""))
        #expect(try await lab.mailsSoFar(to: "eva@example.com", shop: shop).isEmpty)
        let admin = try #require(Link(in: try await lab.verb(["create-admin", Lab.adminAddress, "Mara Lindt"]).output))
        try await lab.setPassword(by: admin)
        let token = try await Customer(
            http: lab.http, id: 1, email: Lab.adminAddress, password: Lab.newPassword, licenseID: nil
        ).session().accessToken
        let audit = try await lab.http.get("/api/audit?limit=100", headers: bearer(token)).text
        #expect(audit.contains("eva@example.com"))
        for text in [audit, lab.log, try await shop.run("get-user", ["userId": answer["id"] ?? .null]).text] {
            #expect(!text.contains(link.token))
        }
        try await lab.setPassword(by: link)
    }

    @Test func anAdministratorIsWrittenToInTheirLanguage() async throws {
        let lab = try await Lab.start()
        let made = try await lab.verb(["create-admin", "max@example.com", "Max", "--locale", "de"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await lab.mail(to: "max@example.com").subject.hasPrefix("Willkommen"))
        let refused = try await lab.verb(["create-admin", "eva@example.com", "Eva", "--locale", "german"])
        #expect(refused.status == 1 && refused.errors.contains("de-AT"), "\(refused.errors)")
    }

    // MARK: Templates of one's own

    private static let french = [
        "reset-password.fr.subject.txt": "Nouveau mot de passe pour {{appName}}\n",
        "reset-password.fr.txt": "{{link}}\n", "reset-password.fr.html": "<a href=\"{{link}}\">{{> mot.html}}</a>",
        "mot.html": "Choisir", ".hidden": "{{",
    ]

    @Test func ownTemplatesReplaceTheShippedOnesOneByOne() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.french.merging(["set-password.subject.txt": "Hop in, {{name}}!\n"]) { $1 })
        let lab = try await Lab.start(settings: ["USHER_TEMPLATES": folder.url.path()])
        let shop = try await lab.shop()
        #expect(try await lab.mail(to: Lab.adminAddress).subject == "Hop in, Mara Lindt!")
        try await shop.run("create-user", ["email": "eve@example.com", "name": "Ève", "locale": "fr-CA"])
        let invitation = try await lab.mail(to: "eve@example.com")
        #expect(invitation.subject == "Hop in, Ève!")
        #expect(invitation.text.contains("There is an account at Usher for you"))
        _ = try await lab.http.post("/api/auth/reset-password", .json(["email": "eve@example.com"]))
        let reset = try await lab.mail(to: "eve@example.com")
        #expect(reset.subject == "Nouveau mot de passe pour Usher")
        #expect(reset.html.contains(">Choisir</a>") && reset.link != nil)
    }

    @Test(arguments: [["serve"], ["check"], ["mail", "set-password"]])
    func wrongTemplatesAreListedTogetherAndEndWith78(verb: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "set-password.txt": "{{link}}\n{{nmae}}\n", "welcome.txt": "Hi", "set-password.fr.txt": "{{link}}",
        ])
        try Data([0xff]).write(to: folder.url.appending(path: "time.txt"))
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "old"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("help.txt"), withDestinationPath: folder.file("nowhere"))
        let lab = try await Lab.idle(settings: ["USHER_TEMPLATES": folder.url.path()])
        let finished = try await lab.verb(verb)
        #expect(finished.status == 78)
        for problem in [
            "set-password.txt:2: there is no variable `nmae`", "welcome.txt: no template has this name",
            "set-password.fr.subject.txt: the file is missing", "set-password.fr.html: the file is missing",
            "time.txt: the file is not text in UTF-8", "old: this is no file", "help.txt: this is no file",
        ] {
            #expect(finished.errors.contains("  - \(problem)"), "\(problem) in: \(finished.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: lab.data.path()), "nothing was begun")
    }

    @Test func aFolderOfTemplatesThatIsNotThereStopsTheStart() async throws {
        let lab = try await Lab.idle(settings: ["USHER_TEMPLATES": "/nowhere/templates"])
        for verb in ["serve", "check"] {
            let finished = try await lab.verb([verb])
            #expect(finished.status == 78)
            #expect(finished.errors.contains("/nowhere/templates: there is no such folder"), "\(finished.errors)")
        }
    }

    // MARK: usher mail

    @Test func mailShowsATemplateWithSampleData() async throws {
        let lab = try await Lab.idle(settings: ["USHER_APP_NAME": "Studio", "USHER_INVITE_LIFETIME": "12h"])
        let german = try await lab.verb(["mail", "set-password", "--locale", "de-CH"])
        #expect(german.status == 0 && german.errors.isEmpty, "\(german.errors)")
        #expect(
            german.output.hasPrefix(
                "Subject: Willkommen bei Studio: Wählen Sie Ihr Passwort\n\nGuten Tag Anna Berger,\n"))
        #expect(german.output.contains("12 Stunden gültig"))
        let html = try await lab.verb(["mail", "set-password", "--html"])
        #expect(html.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(html.output.contains("<h1>Welcome to Studio</h1>"))
        let first = try await lab.verb(["mail", "password-updated", "--first"])
        #expect(first.output.hasPrefix("Subject: Your password for Studio is set\n"))
        let french = try await lab.verb(["mail", "set-password", "--locale", "fr"])
        #expect(french.status == 0 && french.errors.contains("`fr`"))
        #expect(!FileManager.default.fileExists(atPath: lab.data.path()), "no data folder is needed, and none made")
    }

    @Test func anUnknownMailGetsTheNearestName() async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.verb(["mail", "reset-pasword"])
        #expect(finished.status == 64)
        #expect(finished.errors.contains("Did you mean `reset-password`?"))
        #expect(finished.errors.contains("session-reused"), "all names are listed")
    }

    @Test func mailUsesOwnTemplates() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.french)
        let lab = try await Lab.idle(settings: ["USHER_TEMPLATES": folder.url.path()])
        let finished = try await lab.verb(["mail", "reset-password", "--locale", "fr", "--html"])
        #expect(finished.output.hasSuffix(">Choisir</a>"), "\(finished.errors)")
    }
}

extension TemporaryFolder {
    fileprivate func write(_ files: [String: String]) throws {
        for (name, text) in files { try Data(text.utf8).write(to: url.appending(path: name)) }
    }
}

extension Lab {
    fileprivate static let newPassword = "a brand new secret"

    fileprivate func setPassword(by link: Link) async throws {
        let password = JSONValue.string(Self.newPassword)
        let response = try await http.post(
            "/api/auth/create-password",
            .json(["token": .string(link.token), "password": password, "confirm": password]))
        guard response.status == 200 else { throw Unexpected("a password set", response) }
    }
}
