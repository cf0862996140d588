import JSON
import Testing

/// Limits from outside: an attacker, an owner, an office behind one address.
struct LimitScenarios {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    private static let home = "192.0.2.1"
    private static let away = "198.51.100.1"

    init() async throws {
        lab = try await Lab.start(settings: ["USHER_TRUSTED_PROXIES": "127.0.0.1"])
        shop = try await lab.shop()
        ann = try await shop.customer("ann")
    }

    private func from(_ address: String) -> [String: String] { ["X-Forwarded-For": address] }

    private func guess(_ email: String, _ password: String = "wrong", from address: String) async throws -> HTTPResponse
    {
        try await lab.http.post(
            "/api/auth/login", .json(["email": .string(email), "password": .string(password)]), headers: from(address))
    }

    private func retryAfter(_ response: HTTPResponse) -> Int { response.header("retry-after").flatMap(Int.init) ?? 0 }

    /// Fails from ever new networks, as soon as the delay allows.
    private func fail(_ count: Int, at email: String) async throws {
        var failures = 0
        while failures < count {
            let answer = try await guess(email, from: "203.0.113.\(failures)")
            if answer.status == 429 {
                try await lab.advance(by: .seconds(retryAfter(answer)))
            } else {
                failures += 1
            }
        }
    }

    @Test func anAttackerIsSlowedDownAndTheOwnerIsNot() async throws {
        #expect(try await ann.logIn(headers: from(Self.home)).status == 200)
        // After 12 failures in a row it is 128 s: more than this test takes.
        for email in [ann.email, "nobody@example.com"] {
            try await fail(12, at: email)
            for password in ["wrong", ann.password] {
                let refused = try await guess(email, password, from: Self.away)
                #expect(refused.status == 429 && refused.code == "RATE_LIMITED")
                #expect(refused.header("content-type") == "application/problem+json")
                #expect((60...128).contains(retryAfter(refused)))
                #expect(refused.detail.hasPrefix("Too many passwords for this address were wrong. Try again in "))
            }
        }
        #expect(try await ann.logIn(headers: from(Self.home)).status == 200, "home is known")
        #expect(try await ann.logIn(headers: from(Self.away)).status == 200, "a success ends the row")
        #expect(!lab.log.contains("nobody@example.com"), "what people type is not in the log")
    }

    @Test func aNewPasswordByMailEndsTheDelay() async throws {
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        try await fail(12, at: ann.email)
        #expect(try await ann.logIn().status == 429)
        #expect(try await askForAMail(ann.email).status == 200)
        let link = try #require(try await lab.mail(to: ann.email).link)
        let password = "a brand new secret"
        let body: JSONValue = [
            "token": .string(link.token), "password": .string(password), "confirm": .string(password),
        ]
        #expect(try await lab.http.post("/api/auth/create-password", .json(body)).status == 200)
        #expect(try await guess(ann.email, password, from: Self.away).status == 200)
    }

    @Test func behindTheDelayOneOfFortyGuessesAtOnceIsMade() async throws {
        try await fail(12, at: ann.email)
        try await lab.advance(by: .seconds(128))
        let codes = try await atOnce(40) { number in try await guess(ann.email, from: "203.0.113.\(100 + number)").code
        }
        #expect(codes.filter { $0 == "INVALID_CREDENTIALS" }.count == 1)
        #expect(codes.filter { $0 == "RATE_LIMITED" }.count == 39)
    }

    @Test func oneNetworkFailsTenTimesAMinute() async throws {
        for number in 0..<10 {
            // A /64 is one network.
            let answer = try await guess("u\(number)@example.com", from: "2001:db8:1:2::\(number)")
            #expect(answer.code == "INVALID_CREDENTIALS")
        }
        let refused = try await ann.logIn(headers: from("2001:db8:1:2:ffff::1"))
        #expect(refused.status == 429 && (1...60).contains(retryAfter(refused)))
        #expect(try await ann.logIn(headers: from("2001:db8:1:3::1")).status == 200)
        for _ in 1...3 { #expect(try await guess("u@example.com", from: "2001:db8:1:2::1").status == 429) }
        try await lab.advance(by: .seconds(retryAfter(refused)))
        #expect(try await ann.logIn(headers: from("2001:db8:1:2:ffff::1")).status == 200)
        let lines = lab.log.split(separator: "\n").filter { $0.contains("rate limit reached") }
        #expect(lines.count == 1 && lines.first?.contains("2001:db8:1:2::/64") == true, "\(lines)")
    }

    @Test func anOfficeOf500SessionsRefreshesFromOneAddress() async throws {
        var tokens: [String] = []
        for batch in 0..<10 {
            tokens += try await atOnce(50) { number in
                let device: JSONValue = .string("desk \(batch * 50 + number)")
                let answer = try await ann.logIn(["deviceId": device, "limited": true], headers: from(Self.home))
                return try Login(answer, device: "Studio/1.0").refreshToken
            }
            // 120 logins a minute are one network's.
            if batch % 2 == 1 { try await lab.advance(by: .seconds(60)) }
        }
        let junk = try await atOnce(70) { _ in try await refresh("junk", from: Self.home) }
        #expect(junk.filter { $0.code == "INVALID_TOKEN" }.count == 60)
        #expect(junk.filter { $0.code == "RATE_LIMITED" }.count == 10)
        let all = tokens
        for batch in 0..<10 {
            let answers = try await atOnce(50) { number in
                try await refresh(all[batch * 50 + number], from: Self.home).status
            }
            #expect(answers.allSatisfy { $0 == 200 }, "\(Set(answers))")
        }
    }

    private func refresh(_ token: String, from address: String) async throws -> HTTPResponse {
        try await lab.http.post(
            "/api/auth/refresh-token", .json(["refreshToken": .string(token)]),
            headers: from(address).merging(["User-Agent": "Studio/1.0"]) { own, _ in own })
    }

    @Test func aRefusedRefreshKeepsTheCookie() async throws {
        for _ in 1...60 { _ = try await refresh("junk", from: Self.home) }
        let answer = try await lab.http.post(
            "/api/auth/refresh-token",
            headers: from(Self.home).merging(["Cookie": "refreshToken=junk"]) { own, _ in own })
        #expect(answer.status == 429 && answer.header("set-cookie") == nil)
    }

    // MARK: Mails

    private func askForAMail(_ email: String, from address: String = home) async throws -> HTTPResponse {
        try await lab.http.post(
            "/api/auth/reset-password", .json(["email": .string(email)]), headers: from(address))
    }

    @Test func threeResetMailsAnHourAreSentAndTheAnswerIsTheSame() async throws {
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        let answers = try await atOnce(5) { number in try await askForAMail(ann.email, from: "203.0.113.\(number)").text
        }
        #expect(Set(answers) == [try await askForAMail("nobody@example.com").text])
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).count == 3)
        try await lab.advance(by: .seconds(3600))
        #expect(try await askForAMail(ann.email).status == 200)
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).count == 1)
    }

    @Test func thePageSaysThatItWasTooOften() async throws {
        for number in 1...5 {
            #expect(try await askForAMail("u\(number)@example.com", from: "127.0.0.1").status == 200)
        }
        let page = try await Page.open("/reset-password", lab.http)
        let refused = try await page.submit([("email", ann.email)])
        #expect(refused.status == 429 && (500...600).contains(retryAfter(refused)))
        #expect(refused.text.contains("too often") && refused.text.contains("<form"))
    }

    // MARK: Tokens of shops

    @Test func wrongWebhookTokensAreLimitedAndTheRightOneNever() async throws {
        let wrong = Shop(http: lab.http, token: shop.token + "x")
        for _ in 1...60 { #expect(try await wrong.call("list-users").code == "INVALID_TOKEN") }
        let refused = try await wrong.call("list-users")
        #expect(refused.status == 429 && (1...300).contains(retryAfter(refused)))
        #expect(try await shop.call("list-users").status == 200)
    }
}

/// What an operator sets about limits.
struct LimitSettingScenarios {
    @Test func withoutATrustedProxyTheHeaderChangesNothing() async throws {
        let lab = try await Lab.start()
        for number in 0..<10 {
            let body: JSONValue = ["email": .string("u\(number)@example.com"), "password": "wrong"]
            let answer = try await lab.http.post(
                "/api/auth/login", .json(body), headers: ["X-Forwarded-For": "203.0.113.\(number)"])
            #expect(answer.code == "INVALID_CREDENTIALS")
        }
        let body: JSONValue = ["email": "u@example.com", "password": "wrong"]
        #expect(
            try await lab.http.post("/api/auth/login", .json(body), headers: ["X-Forwarded-For": "198.51.100.1"]).status
                == 429)
        #expect(!lab.log.contains("rate limits are off"))
    }

    @Test func limitsCanBeSwitchedOffWhichIsSaidAtTheStart() async throws {
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        for _ in 1...12 {
            let body: JSONValue = ["email": "nobody@example.com", "password": "wrong"]
            #expect(try await lab.http.post("/api/auth/login", .json(body)).code == "INVALID_CREDENTIALS")
        }
        #expect(lab.log.contains("rate limits are off"))
    }
}
