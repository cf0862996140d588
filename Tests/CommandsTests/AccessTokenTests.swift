import Commands
import Cryptography
import Engine
import JSON
import Storage
import TestSupport
import Testing

/// The claims of an access token, not verified.
func claims(of token: JSONValue?) throws -> JSONValue {
    let parts = try #require(token?.stringValue).split(separator: ".")
    return try JSONValue(parsing: #require(Base64URL.decode(parts[1])))
}

struct AccessTokenTests {
    private func world() async throws -> (World, String) {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        return (world, try #require(try await world.login()["accessToken"]?.stringValue))
    }

    private func code(_ world: World, _ token: String) async throws -> CommandFailure.Code? {
        try await CommandsTests.code { try await world.services.authenticator.caller(accessToken: Secret(token)) }
    }

    @Test func ourOwnTokenIsAccepted() async throws {
        let (world, token) = try await world()
        #expect(try await code(world, token) == nil)
    }

    @Test func theClaimsAreThoseOfTheContract() async throws {
        let (world, token) = try await world()
        let claims = try claims(of: .string(token))
        let expected: Set = [
            "iss", "aud", "sub", "userId", "sid", "role", "status", "limited", "limitedReason", "licenseId",
            "productId", "licenseValidUntil", "iat", "exp", "jti",
        ]
        #expect(Set(claims.objectValue?.keys.map { String($0) } ?? []) == expected)
        #expect(claims["iss"] == .string(World.publicURL) && claims["iat"] == .number(JSONNumber(World.start.seconds)))
        #expect(world.keys.jwks["keys"]?.arrayValue?.allSatisfy { $0["d"] == nil } == true)
    }

    @Test func itExpiresAfterTenMinutes() async throws {
        let (world, token) = try await world()
        world.clock.advance(by: .seconds(599))
        #expect(try await code(world, token) == nil)
        world.clock.advance(by: .seconds(1))
        #expect(try await code(world, token) == .invalidToken)
    }

    @Test func anEndedSessionCountsAtOnce() async throws {
        let (world, token) = try await world()
        let session = try claims(of: .string(token))["sid"]
        try await world.shop("revoke-session", ["sessionId": session ?? .null])
        #expect(try await code(world, token) == .sessionRevoked)
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"at+jwt","kid":"KID"}"#, #"{"alg":"HS256","typ":"at+jwt","kid":"KID"}"#,
        #"{"alg":"ES256","typ":"JWT","kid":"KID"}"#, #"{"alg":"ES256","typ":"at+jwt","kid":"other"}"#,
        #"{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["x"]}"#,
        #"{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":"KID"}"#,
    ])
    func anotherHeaderIsRefused(_ header: String) async throws {
        let (world, token) = try await world()
        let parts = token.split(separator: ".")
        let kid = try #require(world.keys.jwks["keys"]?.arrayValue?[0]["kid"]?.stringValue)
        let forged = Base64URL.encode(Array(header.replacing("KID", with: kid).utf8))
        #expect(try await code(world, "\(forged).\(parts[1]).\(parts[2])") == .invalidToken)
        #expect(try await code(world, "\(forged).\(parts[1]).") == .invalidToken)
    }

    @Test func aChangedPayloadIsRefused() async throws {
        let (world, token) = try await world()
        let parts = token.split(separator: ".")
        var claims = try #require(try claims(of: .string(token)).objectValue)
        claims["role"] = "ADMIN"
        let forged = Base64URL.encode(JSONValue.object(claims).serialized())
        #expect(try await code(world, "\(parts[0]).\(forged).\(parts[2])") == .invalidToken)
    }

    @Test func otherKindsOfTokenAreNamed() async throws {
        let (world, _) = try await world()
        let refresh = try #require(try await world.login()["refreshToken"]?.stringValue)
        do {
            _ = try await world.services.authenticator.caller(accessToken: Secret(refresh))
            Issue.record("a refresh token was accepted")
        } catch let failure as CommandFailure {
            #expect(failure.code == .invalidToken)
            #expect(failure.detail == "That is a refresh token. This takes an access token.")
        }
    }
}
