import Commands
import Cryptography
import Engine
import JSON
import Storage
import TestSupport
import Testing

/// What a user does with their own password and sessions.
struct OwnAccountTests {
    private let world: World
    private let user: Int64

    init() async throws {
        world = try await World.make()
        user = try await world.user(seats: 2)
    }

    private func caller(_ login: JSONValue) throws -> Caller {
        .user(id: user, sessionID: try #require(login["session"]?["id"]?.intValue), isAdmin: false)
    }

    private func own(_ action: Action, _ payload: JSONValue, _ caller: Caller) async throws -> JSONValue {
        try await world.engine.run(
            action, payload, for: CommandRequest(id: "test", channel: .http, caller: caller, client: Client()))
    }

    private func change(_ caller: Caller, from old: String = World.password, to new: String, confirm: String? = nil)
        async throws -> CommandFailure?
    {
        do {
            _ = try await own(
                "change-password",
                ["oldPassword": .string(old), "password": .string(new), "confirm": .string(confirm ?? new)], caller)
            return nil
        } catch let failure as CommandFailure {
            return failure
        }
    }

    @Test func aNewPasswordEndsTheOtherSessionsAndSpendsAllLinks() async throws {
        let (here, there) = (try await world.login(), try await world.login())
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let link = try await world.linkToken(of: user)
        let mails = try await world.mails("password-updated")
        #expect(try await change(caller(here), to: "battery staple") == nil)
        #expect(try await world.mails("password-updated") == mails + 1)
        _ = try await world.refresh(here["refreshToken"])
        #expect(try await code { try await world.refresh(there["refreshToken"]) } == .sessionRevoked)
        #expect(try await code { try await world.login() } == .invalidCredentials)
        let used = try await code {
            try await world.anyone(
                "create-password",
                ["token": .string(link), "password": "copper meadow", "confirm": "copper meadow"])
        }
        #expect(used == .invalidToken)
    }

    @Test func aWrongOldPasswordIsRefusedAndOnRecord() async throws {
        let caller = try caller(await world.login())
        let failure = try await change(caller, from: "wrong", to: "battery staple")
        #expect(failure?.code == .invalidCredentials)
        #expect(failure?.fields.first?.pointer == "/oldPassword")
        let audit = try await world.database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx) }
        #expect(audit.filter { $0.action == "change-password" && $0.outcome == .refused }.count == 1)
        _ = try await world.login()
    }

    @Test func theNewOneMustKeepToTheRules() async throws {
        let caller = try caller(await world.login())
        #expect(try await change(caller, to: "1234567")?.fields.first?.keyword == "minLength")
        #expect(try await change(caller, to: "Ada Lovelace")?.fields.first?.keyword == "notIdentity")
        #expect(try await change(caller, to: "iloveyou")?.fields.first?.keyword == "notCommon")
        #expect(try await change(caller, to: "battery staple", confirm: "other")?.fields.first?.pointer == "/confirm")
    }

    @Test func ofTwoChangesAtOnceOneWins() async throws {
        let callers = [try caller(await world.login()), try caller(await world.login())]
        let failures = try await withThrowingTaskGroup(of: CommandFailure?.self) { group in
            for (number, caller) in callers.enumerated() {
                group.addTask { try await change(caller, to: "battery staple \(number)") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures.filter { $0 == nil }.count == 1)
        #expect(failures.compactMap { $0?.code } == [.invalidCredentials])
    }

    @Test func aSessionThatHasEndedChangesNothing() async throws {
        let login = try await world.login()
        try await world.anyone("logout", ["refreshToken": login["refreshToken"] ?? .null])
        #expect(try await change(caller(login), to: "battery staple")?.code == .sessionRevoked)
        _ = try await world.login()
    }

    @Test func oneCanLogOutEverywhere() async throws {
        let (here, there) = (try await world.login(), try await world.login())
        let answer = try await own("revoke-own-sessions", [:], caller(here))
        #expect(answer == ["success": true, "revoked": 2])
        for login in [here, there] {
            #expect(try await code { try await world.refresh(login["refreshToken"]) } == .sessionRevoked)
        }
        #expect(try await world.login()["remainingLicenses"] == 1)
    }

    @Test func aLoginCanBeShorterThanUsualButNotLonger() async throws {
        func lifetime(_ seconds: Int64) async throws -> Duration {
            let login = try await world.login("ada@example.com", ["expiresIn": .number(JSONNumber(seconds))])
            let end = try Timestamp(lenient: try #require(login["session"]?["expiresAt"]?.stringValue))
            return end - world.clock.now
        }
        #expect(try await lifetime(3600) == .seconds(3600))
        #expect(try await lifetime(9_999_999_999) == .seconds(180 * 86_400))
    }

    private func look(_ token: JSONValue?) async throws -> Account? {
        try await world.services.accountInspector.account(of: Secret(token?.stringValue ?? ""))
    }

    @Test func lookingAtTheAccountRotatesNothingAndTakesNoSeat() async throws {
        let login = try await world.login("ada@example.com", ["limited": true])
        for _ in 0..<3 {
            let account = try #require(try await look(login["refreshToken"]))
            #expect(account.user.id.rawValue == user)
            #expect(account.user.licenses.first?.seatsUsed == 0)
        }
        _ = try await world.refresh(login["refreshToken"])
    }

    @Test func theTokenBeforeWorksForTenSecondsAndAnOlderOneNever() async throws {
        let first = try await world.login()["refreshToken"]
        let second = try await world.refresh(first)["refreshToken"]
        #expect(try await look(first) != nil)
        world.clock.advance(by: .seconds(11))
        #expect(try await look(first) == nil)
        let third = try await world.refresh(second)["refreshToken"]
        #expect(try await look(first) == nil)
        #expect(try await look(second) != nil)
        #expect(try await look(third) != nil)
        #expect(try await look("ush_rt_junk") == nil)
        #expect(try await look(nil) == nil)
    }

    @Test func anEndedSessionOrAnInactiveUserIsShownNothing() async throws {
        let ended = try await world.login()["refreshToken"]
        try await world.anyone("logout", ["refreshToken": ended ?? .null])
        #expect(try await look(ended) == nil)
        let login = try await world.login()["refreshToken"]
        try await world.shop("update-user", ["userId": .number(JSONNumber(user)), "status": "INACTIVE"])
        #expect(try await look(login) == nil)
    }
}
