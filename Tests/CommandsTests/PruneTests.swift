import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

/// What `prune-sessions` ends, and how much of it at a time.
struct PruneTests {
    private let world: World

    init() async throws {
        world = try await World.make()
    }

    private func prune() async throws -> JSONValue { try await world.shop("prune-sessions", [:]) }

    /// How many sessions ended in each transaction.
    private func steps() async throws -> [Int] {
        try await world.database.read { tx in
            try tx.rows("SELECT changes FROM audit WHERE action = 'prune-sessions' ORDER BY id").map { row in
                try JSONValue(parsing: row.string("changes")).arrayValue?.count ?? -1
            }
        }
    }

    private func license(of user: Int64) async throws -> JSONValue {
        let found = try await world.shop("get-user", ["userId": .number(JSONNumber(user))])
        return try #require(found["licenses"]?.arrayValue?[0]["id"])
    }

    /// Makes sessions of the user, seated on the licence if one is given.
    private func insert(_ count: Int, of user: Int64, on license: JSONValue = .null, until end: Timestamp) async throws
    {
        _ = try await world.database.write { tx in
            try tx.execute(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                INSERT INTO sessions (user_id, license_id, seat_no, seat_until, seated_at, nonce, generation,
                    previous_generation, rotated_at, created_at, updated_at, last_used_at, expires_at)
                SELECT $2, CAST($3 AS BIGINT), CASE WHEN CAST($3 AS BIGINT) IS NULL THEN NULL ELSE n END, $5, $4, $6, 1,
                    0, $4, $4, $4, $4, $5
                FROM numbers
                """, count, user, license.intValue, World.start, end, [UInt8(0)])
        }
    }

    @Test func manySessionsEndInStepsBetweenWhichOthersWrite() async throws {
        let user = try await world.user(seats: 450, until: "2027-02-01")
        let late = World.start + .seconds(170 * 86_400)
        try await insert(450, of: user, on: license(of: user), until: late)
        try await insert(250, of: user, until: World.start + .seconds(60))
        world.clock.advance(by: .seconds(60 * 86_400))
        #expect(try await prune() == ["revoked": 700])
        #expect(try await steps() == [200, 50, 200, 200, 50])
        #expect(try await prune() == ["revoked": 0])
    }

    @Test func manyLicencesThatEndedAreLookedAtOnce() async throws {
        let user = try await world.user(seats: 1, until: "2027-02-01")
        _ = try await world.database.write { tx in
            try tx.execute(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                INSERT INTO licenses (user_id, product_id, seats, valid_until, created_at, updated_at)
                SELECT $2, 'studio', 1, $3 + n, $3, $3 FROM numbers
                """, 2 * PruneSessions.step, user, World.start)
        }
        let login = try await world.login()
        #expect(login["session"]?["limited"] == false)
        world.clock.advance(by: .seconds(60 * 86_400))
        #expect(try await prune() == ["revoked": 1])
        #expect(try await steps().count == 3)
        #expect(try await prune() == ["revoked": 0])
        #expect(try await steps().count == 4)
    }

    @Test func aLicenceThatWasRenewedEndsAgain() async throws {
        let user = try await world.user(seats: 1, until: "2027-02-01")
        let license = try await license(of: user)
        world.clock.advance(by: .seconds(60 * 86_400))
        #expect(try await prune() == ["revoked": 0])
        try await world.shop("update-license", ["licenseId": license, "validUntil": "2027-06-01"])
        let login = try await world.login()
        #expect(login["session"]?["limited"] == false)
        try await world.shop(
            "update-license", ["licenseId": license, "validUntil": "2027-02-01", "keepSessions": true])
        #expect(try await prune() == ["revoked": 1])
    }
}
