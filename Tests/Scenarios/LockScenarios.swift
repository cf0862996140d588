import Dispatch
import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// Another program holds the database: somebody's `sqlite3`, a copy that hangs.
@Suite(.enabled(if: DatabaseKind.isSQLite, "locks SQLite's file"))
struct LockScenarios {
    private func order(_ number: Int) -> JSONValue {
        [
            "email": .string("user\(number)@example.com"), "name": "User", "ifExists": "use",
            "license": ["validUntil": "never", "externalRef": .string("order-\(number)")],
        ]
    }

    /// For half a minute whoever writes is told to come again, after the five seconds that a lock may take; who reads
    /// notices nothing. Then everything is as before, with the first call.
    @Test func aLockOfHalfAMinuteIsWaitedOutInVain() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        try await shop.run("create-user", order(0))
        let other = try SQLiteDatabase(path: lab.data.appending(path: "usher.db").path())
        let (held, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let holding: Void = other.write { _ in
            held.signal()
            release.wait()
        }
        try await onOwnThread { held.wait() }

        let end = ContinuousClock.now + .seconds(30)
        var refused = 1
        while ContinuousClock.now < end {
            async let ready = lab.http.get("/readyz")
            let answers = try await atOnce(4) { [refused] number in
                try await shop.call("create-user", order(refused + number))
            }
            for answer in answers {
                #expect(answer.status == 503 && answer.code == "UNAVAILABLE", "\(answer.text)")
                #expect(answer.header("retry-after") != nil && answer.detail.contains("Nothing was changed"))
            }
            #expect(try await ready.status == 503)
            #expect(try await shop.run("get-user", ["email": "user0@example.com"])["name"] == "User")
            #expect(try await lab.http.get("/.well-known/jwks.json").status == 200)
            refused += answers.count
        }
        #expect(lab.log.contains("database is locked"))

        release.signal()
        try await holding
        try await other.close()
        #expect(try await shop.call("create-user", order(1)).status == 200)
        #expect(try await lab.http.get("/readyz").status == 200)
        #expect(try await shop.run("list-users")["items"]?.items.count == 3, "of the refused ones nothing remains")
        for number in 1..<refused { try await shop.run("create-user", order(number)) }
    }
}
