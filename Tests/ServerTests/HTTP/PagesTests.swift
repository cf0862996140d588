import Storage
import TestSupport
import Testing

@testable import Server

/// The pages, without a script and without a browser.
struct PagesTests {
    private let sent = ["Origin": "null", "Sec-Fetch-Site": "same-origin"]

    private func form(_ server: HTTPUnderTest, _ path: String) async throws -> String {
        try #require(try await server.send("GET", path).hidden("form"))
    }

    @Test(arguments: [
        "/", "/reset-password", "/create-password", "/create-password?token=good", "/401", "/401?reason=spent",
        "/account",
        "/account/password",
    ])
    func aPageLoadsNothingFromElsewhereAndHasNothingInline(path: String) async throws {
        let answer = try await HTTPUnderTest().send("GET", path)
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
        #expect(answer.header("Cache-Control") == "no-store")
        let policy = try #require(answer.header("Content-Security-Policy"))
        for rule in [
            "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "form-action 'self'",
            "frame-ancestors 'none'", "base-uri 'none'",
            "img-src 'self' data:",
        ] { #expect(policy.contains(rule)) }
        #expect(!policy.contains("unsafe"))
        #expect(answer.text.split(separator: "<script ").count == 2)
        #expect(answer.text.contains("<script src=\"/assets/usher.js\" defer></script>"))
        for inline in ["<script>", "<style", "style=", "onclick", "{{", "[[", "http-equiv", "href=\"http"] {
            #expect(!answer.text.contains(inline))
        }
        #expect(answer.text.contains("Studio"))
        #expect(answer.text.contains("lang=\"en\""))
    }

    @Test(arguments: ["/", "/reset-password", "/create-password?token=good", "/401?reason=expired", "/account"])
    func aPageIsInTheReadersLanguage(path: String) async throws {
        let server = try await HTTPUnderTest()
        let german = try await server.send("GET", path, ["Accept-Language": "fr, de-AT;q=0.9, en;q=0.8"])
        #expect(german.header("Content-Language") == "de")
        #expect(german.header("Vary") == "Accept-Language")
        #expect(german.text.contains("<html lang=\"de\">"))
        let english = try await server.send("GET", path)
        #expect(english.header("Content-Language") == "en")
        #expect(english.text != german.text)
    }

    @Test func aMistakeIsInTheReadersLanguage() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/create-password")
        let answer = try await server.post(
            "/create-password", sent.merging(["Accept-Language": "de"]) { $1 },
            form: "form=\(token)&token=good&password=secret-1&confirm=secret-2")
        #expect(answer.status == 422)
        #expect(answer.text.contains("<title>Fehler: Passwort wählen"))
        #expect(answer.text.contains("Die beiden Passwörter stimmen nicht überein."))
        let refused = try await server.post("/create-password", ["Accept-Language": "de"], form: "form=x")
        #expect(refused.status == 403)
        #expect(refused.text.contains("Dieses Formular kam nicht von hier"))
    }

    @Test func aPasswordManagerLearnsWhoseTheNewPasswordIs() async throws {
        let page = try await HTTPUnderTest().send("GET", "/create-password?token=good")
        #expect(page.text.contains("autocomplete=\"username\" value=\"ann@example.com\""))
        #expect(page.text.contains("data-name=\"Ann Berger\""))
    }

    @Test func aMailCanBeSentAgain() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/reset-password")
        let first = try await server.post("/reset-password", sent, form: "form=\(token)&email=ann%40example.com")
        #expect(first.hidden("email") == "ann@example.com")
        #expect(first.text.contains("30 minutes"))
        let again = try #require(first.hidden("form"))
        let second = try await server.post(
            "/reset-password", sent, form: "form=\(again)&email=ann%40example.com&again=1")
        #expect(second.status == 200)
        #expect(!first.text.contains("once more.") && second.text.contains("once more."))
    }

    @Test func aLinkPutsItsTokenIntoTheFormAndSpendsNothing() async throws {
        let server = try await HTTPUnderTest()
        for method in ["GET", "HEAD", "GET"] {
            #expect(try await server.send(method, "/create-password?token=good").status == 200)
        }
        let page = try await server.send("GET", "/create-password?token=good")
        #expect(page.hidden("token") == "good")
        #expect(page.text.contains("action=\"/create-password\""), "the address of the form has no token")
    }

    @Test(arguments: [("used", "spent"), ("old", "expired"), ("junk", "unknown"), ("%22%3E%3Cb%3E", "unknown")])
    func aBadLinkLeadsToAPageThatSaysWhy(token: String, reason: String) async throws {
        let server = try await HTTPUnderTest()
        let answer = try await server.send("GET", "/create-password?token=\(token)")
        #expect(answer.status == 303)
        #expect(answer.header("Location") == "/401?reason=\(reason)")
        let page = try await server.send("GET", "/401?reason=\(reason)")
        #expect(page.text.contains("action=\"/reset-password\""), "it offers a new mail")
        let posted = try await server.post(
            "/create-password", sent,
            form: "form=\(try await form(server, "/create-password"))&token=\(token)&password=a&confirm=a")
        #expect(posted.header("Location") == "/401?reason=\(reason)")
    }

    @Test func theReasonInTheAddressIsNoText() async throws {
        let answer = try await HTTPUnderTest().send("GET", "/401?reason=%3Cb%3Ecall+me%3C/b%3E")
        #expect(answer.status == 200)
        #expect(!answer.text.contains("call"))
    }

    @Test func aPasswordIsSet() async throws {
        let server = try await HTTPUnderTest { $0.appURL = "https://app.example.com/start" }
        let token = try await form(server, "/create-password?token=good")
        let answer = try await server.post(
            "/create-password", sent, form: "form=\(token)&token=good&password=walnut+52&confirm=walnut+52")
        #expect(answer.status == 200)
        #expect(answer.text.contains("Your password is set"))
        #expect(answer.text.contains("href=\"https://app.example.com/start\""))
    }

    @Test func aWholeLinkMayBePasted() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/create-password")
        let link = "+http://localhost:8080/create-password?token%3Dgood+"
        let answer = try await server.post(
            "/create-password", sent, form: "form=\(token)&token=\(link)&password=a&confirm=a")
        #expect(answer.status == 200)
    }

    @Test(arguments: [
        ("token=good&password=secret-1&confirm=secret-2", "confirm", "The two passwords are not the same."),
        (
            "token=good&password=password&confirm=password", "password",
            "Choose another password: this one is among the first that others would try."
        ),
        ("token=&password=secret-1&confirm=secret-1", "token", "Paste the link or the code from your mail."),
    ])
    func aMistakeStandsBesideItsField(fields: String, field: String, message: String) async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/create-password")
        let answer = try await server.post("/create-password", sent, form: "form=\(token)&\(fields)")
        #expect(answer.status == 422)
        #expect(answer.text.contains("<a href=\"#\(field)\">\(message)</a>"))
        #expect(answer.text.contains("id=\"\(field)-mistake\">\(message)"))
        #expect(!answer.text.contains("secret-1"), "passwords are not shown again")
        if fields.hasPrefix("token=good") { #expect(answer.hidden("token") == "good") }
    }

    @Test func theAnswerForAnAddressIsTheSameAndEscaped() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/reset-password")
        let answer = try await server.post("/reset-password", sent, form: "form=\(token)&email=%3Cb%3E@example.com")
        #expect(answer.status == 200)
        #expect(answer.text.contains("&lt;b&gt;@example.com"))
        #expect(!answer.text.contains("<b>"))
    }

    @Test func whatWasTypedIsKept() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/reset-password")
        let wrong = try await server.post("/reset-password", sent, form: "form=\(token)&email=ann")
        #expect(wrong.status == 422)
        #expect(wrong.text.contains("value=\"ann\""))
        #expect(wrong.text.contains("id=\"email-mistake\""))
        let busy = try await server.post("/reset-password", sent, form: "form=\(token)&email=busy%40example.com")
        #expect(busy.status == 503)
        #expect(busy.header("Retry-After") == "2")
        #expect(busy.text.contains("value=\"busy@example.com\""))
    }

    @Test func aFormThatWasOpenForTooLongIsShownAgain() async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/reset-password")
        server.clock.advance(by: .seconds(13 * 3600))
        let answer = try await server.post("/reset-password", sent, form: "form=\(token)&email=ann%40example.com")
        #expect(answer.status == 422)
        #expect(answer.text.contains("value=\"ann@example.com\""))
        let fresh = try #require(answer.hidden("form"))
        #expect(
            try await server.post("/reset-password", sent, form: "form=\(fresh)&email=ann%40example.com").status == 200)
    }

    @Test(arguments: [
        ["Origin": "https://evil.example.com"], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ["Origin": "https://evil.example.com", "Sec-Fetch-Site": "same-origin"],
    ])
    func aFormFromAnotherSiteIsRefused(headers: [String: String]) async throws {
        let server = try await HTTPUnderTest()
        let token = try await form(server, "/reset-password")
        let answer = try await server.post("/reset-password", headers, form: "form=\(token)&email=a%40b")
        #expect(answer.status == 403)
        #expect(answer.header("Content-Type")?.hasPrefix("text/html") == true)
    }

    @Test(arguments: ["", "form=x&", "form="])
    func aFormWithoutItsTokenIsRefused(start: String) async throws {
        let server = try await HTTPUnderTest()
        let other = try await form(server, "/create-password")
        for fields in ["\(start)email=a%40b", "form=\(other)&email=a%40b"] {
            #expect(try await server.post("/reset-password", sent, form: fields).status == 403)
        }
    }

    @Test(arguments: [
        ("usher.css", "text/css"), ("usher.js", "text/javascript"), ("common-passwords.txt", "text/plain"),
    ])
    func whatAPageLoadsIsServedHere(name: String, type: String) async throws {
        let answer = try await HTTPUnderTest().send("GET", "/assets/\(name)")
        #expect(answer.header("Content-Type") == "\(type); charset=utf-8")
        #expect(answer.header("Cache-Control") == "public, max-age=3600")
        #expect(!answer.text.contains("url("), "it loads nothing")
    }
}
