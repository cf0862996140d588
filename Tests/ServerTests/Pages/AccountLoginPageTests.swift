import Engine
import JSON
import Storage
import Synchronization
import Testing

@testable import Server

/// The login of the account's page, over stand-in tokens.
struct AccountLoginPageTests {
    private let sent = ["Origin": "null", "Sec-Fetch-Site": "same-origin"]

    private func logIn(
        _ server: HTTPUnderTest, _ headers: [String: String] = [:], more: String = ""
    ) async throws -> Answer {
        let token = try #require(try await server.send("GET", "/account").hidden("form"))
        return try await server.post(
            "/account/login", headers.merging(sent) { own, _ in own },
            form: "form=\(token)&email=ann%40example.com&password=x\(more)")
    }

    @Test func theCookieIsOneOfItsOwn() async throws {
        let answer = try await logIn(HTTPUnderTest { $0.publicURL = "https://auth.example.com" })
        #expect(answer.status == 303)
        #expect(answer.header("Location") == "/account")
        #expect(
            answer.header("Set-Cookie")
                == "__Host-account=ush_rt_the-next-one; HttpOnly; SameSite=Strict; Path=/; Max-Age=1000; Secure")
        let plain = try await logIn(HTTPUnderTest())
        #expect(plain.header("Set-Cookie")?.hasPrefix("account=ush_rt_the-next-one; ") == true)
        #expect(plain.header("Set-Cookie")?.contains("Secure") == false)
    }

    @Test func itAsksForAShortSessionWithoutASeat() async throws {
        let seen = Mutex<[JSONValue]>([])
        let server = try await HTTPUnderTest {
            $0.login = { (payload, _) async throws(CommandFailure) in
                seen.withLock { $0.append(payload) }
                return StandInTokens(payload)
            }
        }
        for _ in 0..<2 {
            _ = try await logIn(server, ["Cookie": "account=ush_rt_own; refreshToken=ush_rt_application"])
        }
        let payloads = seen.withLock { $0 }
        #expect(payloads.count == 2)
        for payload in payloads {
            #expect(payload["limited"] == true)
            #expect(payload["expiresIn"]?.intValue == 43_200)
            #expect(
                payload["refreshToken"] == "ush_rt_own", "the page's own session is replaced, not the application's")
            #expect(payload["deviceId"]?.stringValue?.hasPrefix("account-page-") == true)
        }
        #expect(
            payloads[0]["deviceId"] != payloads[1]["deviceId"], "of two browsers, none replaces the other's session")
    }

    @Test func whereItLeadsIsNoAddressFromTheForm() async throws {
        let server = try await HTTPUnderTest()
        #expect(try await logIn(server, more: "&next=password").header("Location") == "/account/password")
        #expect(try await logIn(server, more: "&next=https://evil.example.com").header("Location") == "/account")
    }

    @Test func aWrongPasswordIsToldInTheForm() async throws {
        let server = try await HTTPUnderTest {
            $0.login = { (_, _) async throws(CommandFailure) in
                throw CommandFailure(.invalidCredentials, "The address or the password is wrong.")
            }
        }
        let answer = try await logIn(server)
        #expect(answer.status == 422)
        #expect(answer.header("Set-Cookie") == nil)
        #expect(answer.text.contains("value=\"ann@example.com\""))
        #expect(answer.text.contains("<title>Error: "))
    }

    @Test(arguments: ["/account/login", "/account/password", "/account/end-session", "/account/end-all-sessions"])
    func aFormFromAnotherSiteIsRefused(path: String) async throws {
        let server = try await HTTPUnderTest()
        for headers in [["Origin": "https://evil.example.com"], ["Sec-Fetch-Site": "cross-site"]] {
            #expect(try await server.post(path, headers, form: "form=x").status == 403)
        }
    }

    @Test(arguments: ["/account/password", "/account/end-session", "/account/end-all-sessions"])
    func whoIsNotLoggedInIsSentToTheLogin(path: String) async throws {
        let server = try await HTTPUnderTest()
        let forms = try FormTokens(key: server.context.tokens.formKey, clock: server.context.clock)
        let token = forms.make(for: path, of: .init(rawValue: 7))
        let answer = try await server.post(path, sent, form: "form=\(token)")
        #expect(answer.status == 303)
        #expect(answer.header("Location") == "/account?done=over")
        #expect(try await server.send("GET", "/account?done=over").text.contains("Your session has ended."))
        #expect(try await server.send("GET", "/account?done=%3Cb%3E").text.contains("%3Cb") == false)
    }

    @Test(arguments: ["/account/password", "/account/end-session", "/account/end-all-sessions"])
    func aFormThatNobodyWasGivenIsRefusedToThoseWhoAreNotLoggedInToo(path: String) async throws {
        let server = try await HTTPUnderTest()
        let other = try FormTokens(key: server.context.tokens.formKey, clock: server.context.clock).make(
            for: "/account")
        for body in ["", "form=x", "form=\(other)"] {
            #expect(try await server.post(path, sent, form: body).status == 403, "\(body)")
        }
    }
}
