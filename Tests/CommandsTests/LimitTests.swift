import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

/// What an attacker can try, and what the owner of an account notices of it.
struct LimitTests {
    static let home = "192.0.2.1"
    static let away = "198.51.100.9"

    let world: World

    init() async throws {
        world = try await World.make(isLimited: true)
        _ = try await world.user("ada@example.com")
    }

    private func logIn(
        _ email: String = "ada@example.com", _ password: String = World.password, from network: String = home,
        _ more: JSONObject = [:]
    ) async -> Result<JSONValue, CommandFailure> {
        var payload: JSONObject = ["email": .string(email), "password": .string(password)]
        for (name, value) in more { payload[name] = value }
        do {
            return .success(try await world.anyone("login", .object(payload), from: network))
        } catch {
            return .failure(error)
        }
    }

    /// Guesses from ever new networks, as soon as the delay allows; the time to wait at the end.
    @discardableResult
    private func guess(_ count: Int, at email: String = "ada@example.com") async -> Duration? {
        var made = 0
        while made < count {
            switch await logIn(email, "guess number \(made)", from: "203.0.113.\(made)") {
            case .failure(let failure) where failure.code == .rateLimited:
                world.clock.advance(by: failure.retryAfter ?? .zero)
            default: made += 1
            }
        }
        return await logIn(email, "one guess more", from: "203.0.113.200").failure?.retryAfter
    }

    @Test func theDelayIsTheSameForRightAndWrongAndForKnownAndUnknown() async throws {
        var told: [[String]] = []
        for email in ["ada@example.com", "nobody@example.com"] {
            var lines: [String] = []
            for number in 0..<8 {
                let failure = await logIn(email, "wrong", from: "203.0.113.\(number)").failure
                lines.append(
                    "\(failure?.code.rawValue ?? "") \(failure?.detail ?? "") \(failure?.retryAfterText ?? "")")
            }
            let right = await logIn(email.uppercased(), World.password, from: Self.away).failure
            lines.append("\(right?.code.rawValue ?? "") \(right?.detail ?? "") \(right?.retryAfterText ?? "")")
            told.append(lines)
        }
        #expect(told[0] == told[1])
        #expect(told[0].filter { $0.hasPrefix("INVALID_CREDENTIALS") }.count == 5)
        #expect(
            told[0].last
                == "RATE_LIMITED Too many passwords for this address were wrong. Try again in a second. "
                + "You can also set a new password by way of a reset mail. 1.0 seconds")
    }

    @Test func theOwnerLogsInWhereTheyDidBeforeWhateverAnAttackerDoes() async throws {
        #expect(await logIn().isSuccess)
        #expect(await guess(100) == .seconds(86_400))
        #expect(await logIn(from: Self.away).failure?.code == .rateLimited)
        #expect(await logIn().isSuccess)
        #expect(await logIn(from: Self.away).isSuccess, "a success ends the row for everybody")
    }

    @Test func aDeviceHasACounterOfItsOwnWithinANetwork() async throws {
        #expect(await logIn(["deviceId": "laptop"]).isSuccess)
        for number in 0..<5 {
            #expect(await logIn("ada@example.com", "no \(number)").failure?.code == .invalidCredentials)
        }
        #expect(await logIn().failure?.code == .rateLimited, "the network is known, and has been delayed")
        #expect(await logIn(["deviceId": "laptop"]).isSuccess)
    }

    @Test func aLiveSessionOfTheAccountIsKnownAnywhere() async throws {
        _ = try await world.user("eve@example.com")
        let own = try #require(try await logIn().get()["refreshToken"])
        let others = try #require(try await logIn("eve@example.com").get()["refreshToken"])
        await guess(100)
        #expect(await logIn(from: Self.away, ["refreshToken": others]).failure?.code == .rateLimited)
        let forged = JSONValue.string(String((own.stringValue ?? "").dropLast(4)) + "AAAA")
        #expect(await logIn(from: Self.away, ["refreshToken": forged]).failure?.code == .rateLimited)
        #expect(await logIn(from: Self.away, ["refreshToken": own]).isSuccess)
    }

    @Test func aNewPasswordByMailLetsTheOwnerIn() async throws {
        await guess(100)
        #expect(await logIn().failure?.code == .rateLimited)
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let id = try #require(try await world.shop("get-user", ["email": "ada@example.com"])["id"]?.intValue)
        try await world.setPassword(of: id, to: World.password)
        #expect(await logIn(from: Self.away).isSuccess)
    }

    @Test func anAdministratorLetsTheOwnerInAndOnlyOnPurpose() async throws {
        await guess(100)
        try await world.shop("update-user", ["email": "ada@example.com", "name": "Ada King"])
        #expect(await logIn().failure?.code == .rateLimited)
        try await world.shop("update-user", ["email": "ada@example.com", "status": "ACTIVE"])
        #expect(await logIn().isSuccess)
    }

    @Test func tenFailuresAMinuteFromOneNetworkAreEnough() async throws {
        for number in 0..<10 {
            #expect(await logIn("user\(number)@example.com", "wrong").failure?.code == .invalidCredentials)
        }
        let refused = await logIn()
        #expect(refused.failure?.code == .rateLimited && refused.failure?.retryAfter == .seconds(60))
        #expect(await logIn(from: Self.away).isSuccess)
        world.clock.advance(by: .seconds(60))
        #expect(await logIn().isSuccess)
    }

    @Test func aHundredFailuresAnHourFromOneNetworkAreEnough() async throws {
        for number in 0..<100 {
            #expect(await logIn("user\(number)@example.com", "wrong").failure?.code == .invalidCredentials)
            world.clock.advance(by: .seconds(7))
        }
        #expect(await logIn().failure?.retryAfter == .seconds(3600 - 700))
    }

    @Test func anOfficeLogsInAtOnceButNotWithoutEnd() async throws {
        let codes = await withTaskGroup(of: CommandFailure.Code?.self) { group in
            for _ in 0..<60 { group.addTask { await logIn().failure?.code } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == nil }, "\(codes)")
        for _ in 0..<60 { #expect(await logIn().isSuccess) }
        #expect(await logIn().failure?.detail == "Too many logins come from your network. Try again in 60 seconds.")
    }

    @Test func theOldPasswordCannotBeGuessedEither() async throws {
        let session = try #require(try await logIn().get()["session"]?["id"]?.intValue)
        let id = try #require(try await world.shop("get-user", ["email": "ada@example.com"])["id"]?.intValue)
        func change(_ old: String) async throws -> CommandFailure.Code? {
            let payload: JSONValue = [
                "oldPassword": .string(old), "password": "brand new it is", "confirm": "brand new it is",
            ]
            return try await code {
                try await world.engine.run(
                    "change-password", payload,
                    for: CommandRequest(
                        id: "test", channel: .http, caller: .user(id: id, sessionID: session, isAdmin: false),
                        client: Client(network: Self.away)))
            }
        }
        for number in 0..<5 { #expect(try await change("no \(number)") == .invalidCredentials) }
        #expect(try await change(World.password) == .rateLimited)
        #expect(await logIn(from: "203.0.113.77").isSuccess, "a thief of a token does not hold up the owner")
    }

    @Test func threeResetMailsAnHourAndTenADayAreSentAndNobodyIsTold() async throws {
        var answers: [JSONValue] = []
        func ask(_ count: Int) async throws {
            for _ in 0..<count {
                let network = "203.0.113.\(answers.count)"
                answers.append(try await world.anyone("reset-password", ["email": "Ada@Example.com"], from: network))
            }
        }
        try await ask(5)
        #expect(try await world.mails("reset-password") == 3)
        for _ in 0..<3 {
            world.clock.advance(by: .seconds(3600))
            try await ask(5)
        }
        #expect(try await world.mails("reset-password") == 10)
        #expect(answers.allSatisfy { $0 == ["success": true] })
    }

    @Test func fiveResetRequestsFromOneNetworkAreEnough() async throws {
        for number in 0..<5 { try await world.anyone("reset-password", ["email": .string("u\(number)@example.com")]) }
        let refused = try await failure { try await world.anyone("reset-password", ["email": "ada@example.com"]) }
        #expect(refused?.code == .rateLimited && refused?.retryAfter == .seconds(600))
    }

    @Test func theMailsOfCommandsHaveNoLimit() async throws {
        for number in 0..<40 {
            try await world.shop("create-user", ["email": .string("u\(number)@example.com"), "name": "U"])
            try await world.shop("update-user", ["email": "ada@example.com", "name": .string("Ada \(number)")])
        }
        #expect(try await world.mails("set-password") == 41)
        #expect(try await world.mails("profile-updated") == 40)
    }

    @Test func tenPasswordsAMinuteAreSetFromOneNetwork() async throws {
        let token = JSONValue.string("ush_pw_" + String(repeating: "A", count: 59))
        let payload: JSONValue = ["token": token, "password": "brand new it is", "confirm": "brand new it is"]
        for _ in 0..<10 {
            #expect(
                try await code { try await world.anyone("create-password", payload, from: Self.away) } == .invalidToken)
        }
        #expect(try await code { try await world.anyone("create-password", payload, from: Self.away) } == .rateLimited)
    }

    @Test func aSessionRefreshesThirtyTimesAMinuteWhateverOthersMakeUp() async throws {
        var token = try #require(try await logIn().get()["refreshToken"])
        let forged = JSONValue.string(String((token.stringValue ?? "").dropLast(4)) + "AAAA")
        for number in 0..<40 {
            let network = "203.0.113.\(number)"
            let made = try await code {
                try await world.anyone("refresh-token", ["refreshToken": forged], from: network)
            }
            #expect(made == .invalidToken)
        }
        for _ in 0..<30 { token = try #require(try await world.refresh(token)["refreshToken"]) }
        #expect(try await code { try await world.refresh(token) } == .rateLimited)
        world.clock.advance(by: .seconds(60))
        #expect(try await code { try await world.refresh(token) } == nil)
    }

    @Test func invalidRefreshTokensAreLimitedAndNeverTheRightOnes() async throws {
        let token = try #require(try await logIn().get()["refreshToken"])
        for _ in 0..<60 { #expect(try await code { try await world.refresh("junk") } == .invalidToken) }
        let refused = try await failure { try await world.refresh("junk") }
        #expect(refused?.code == .rateLimited && refused?.retryAfter == .seconds(300))
        #expect(try await code { try await world.refresh(token) } == nil)
    }

    private func failure(_ body: () async throws -> JSONValue) async throws -> CommandFailure? {
        do {
            _ = try await body()
            return nil
        } catch let failure as CommandFailure {
            return failure
        }
    }

    private func logIn(_ more: JSONObject) async -> Result<JSONValue, CommandFailure> {
        await logIn("ada@example.com", World.password, from: Self.home, more)
    }

    private func logIn(from network: String, _ more: JSONObject) async -> Result<JSONValue, CommandFailure> {
        await logIn("ada@example.com", World.password, from: network, more)
    }
}

extension Result where Failure == CommandFailure {
    fileprivate var failure: CommandFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }

    fileprivate var isSuccess: Bool { failure == nil }
}

extension CommandFailure {
    fileprivate var retryAfterText: String { retryAfter.map { "\($0)" } ?? "" }
}
