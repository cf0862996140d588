import Dispatch
import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// The disk breaks under a running server and is mended: what was answered is there, what was not answered can be sent
/// again, and nobody has to start anything anew.
@Suite(.enabled(if: DatabaseKind.isSQLite, "breaks the disk under SQLite's files"))
struct DiskFaultScenarios {
    private func order(_ number: Int) -> JSONValue {
        [
            "email": .string("user\(number)@example.com"), "name": "User", "ifExists": "use", "notify": false,
            "license": ["validUntil": "never", "externalRef": .string("order-\(number)")],
        ]
    }

    private func expectRefusal(
        _ answer: HTTPResponse, outcome: JSONValue? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 503 && answer.code == "UNAVAILABLE", "\(answer.text)", sourceLocation: sourceLocation)
        #expect(answer.header("retry-after") != nil, sourceLocation: sourceLocation)
        #expect((try? answer.json())?["outcome"] == outcome, "\(answer.text)", sourceLocation: sourceLocation)
    }

    /// What works without a disk goes on, and a load balancer is told to look elsewhere.
    private func expectAliveButNotReady(_ lab: Lab) async throws {
        #expect(try await lab.http.get("/healthz").status == 200)
        #expect(try await lab.http.get("/.well-known/jwks.json").status == 200)
        // A commit of the last second counts as proof.
        let ready = try await eventually("a probe that fails") {
            let answer = try await lab.http.get("/readyz")
            return answer.status == 200 ? nil : answer
        }
        #expect(ready.status == 503, "\(ready.text)")
        #expect(try ready.json()["problems"]?.items.isEmpty == false, "with a reason: \(ready.text)")
    }

    private func expectReadySoon(_ lab: Lab) async throws {
        _ = try await eventually("readiness") { try await lab.http.get("/readyz").status == 200 ? true : nil }
    }

    /// Each of the orders is there once, whatever became of the call that brought it first.
    private func expectOrders(_ numbers: Range<Int>, _ shop: Shop) async throws {
        for number in numbers {
            let user = try await shop.run("create-user", order(number))
            #expect(user["licenses"]?.items.count == 1, "\(number): \(user)")
        }
        // The administrator is one more.
        #expect(try await shop.run("list-users", ["limit": 100])["items"]?.items.count == numbers.count + 1)
    }

    private func expectNoFault(_ lab: Lab, _ shop: Shop) {
        #expect(!lab.log.contains("INTERNAL") && !lab.log.contains("Fatal"), "\(lab.log)")
        #expect(!lab.log.contains(shop.token))
    }

    /// Has the disk fail at the very moment of this order.
    ///
    /// A mail may be on its way, and its write be hit first: then the order is refused before it begins.
    private func strike(_ disk: FaultyDisk, _ rules: [String], at order: JSONValue, _ shop: Shop) async throws {
        let answer = try await eventually("an order whose sync fails") {
            try disk.become(rules)
            let answer = try await shop.call("create-user", order)
            if (try answer.json())["outcome"] != nil { return answer }
            expectRefusal(answer)
            try disk.mend()
            try await expectReadySoon(disk.lab)
            return nil as HTTPResponse?
        }
        expectRefusal(answer, outcome: "unknown")
    }

    /// The disk is full, or read-only since an error: the log takes no more. Reads go on.
    @Test(arguments: [DiskError.noSpace, DiskError.readOnly, DiskError.io])
    func aDiskThatTakesNoWritesIsSurvived(error: Int) async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a disk that takes no writes") else { return }
        let shop = try await disk.lab.shop()
        try await shop.run("create-user", order(0))
        try disk.become(["* write-error \(error)"])
        try await expectAliveButNotReady(disk.lab)
        for answer in try await atOnce(8, { try await shop.call("create-user", order($0 + 1)) }) {
            expectRefusal(answer)
        }
        // The token's time of last use is due to be written.
        try await disk.lab.advance(by: .seconds(61))
        #expect(try await shop.run("get-user", ["email": "user0@example.com"])["name"] == "User")
        #expect(disk.lab.log.contains("create-user failed"))

        try disk.mend()
        #expect(try await shop.call("create-user", order(9)).status == 200, "at once, without a restart")
        #expect(try await disk.lab.http.get("/readyz").status == 200)
        try await expectOrders(0..<10, shop)
        expectNoFault(disk.lab, shop)
    }

    /// A cable comes loose while an order is written. Nobody is told that it is done, nor that it is not; from then on
    /// nothing is done at all, until what the disk has is known.
    @Test(arguments: [[], ["usher.db-wal write-lost 1"]])
    func afterASyncThatFailedTheDiskIsReadAnew(alsoLost: [String]) async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a sync that fails") else { return }
        let shop = try await disk.lab.shop()
        try await shop.run("create-user", order(0))
        try await strike(disk, ["* sync-error \(DiskError.io)"] + alsoLost, at: order(1), shop)
        try await expectAliveButNotReady(disk.lab)
        for answer in try await atOnce(4, { try await shop.call("create-user", order($0 + 2)) }) {
            expectRefusal(answer)
        }
        #expect(disk.lab.log.contains("the disk failed to sync"))

        try disk.mend()
        try await expectReadySoon(disk.lab)
        #expect(disk.lab.log.contains("the database has been opened anew"))
        let first = try await shop.call("get-user", ["email": "user1@example.com"])
        #expect(first.status == (alsoLost.isEmpty ? 200 : 404), "what the disk has, now known: \(first.text)")
        try await expectOrders(0..<6, shop)
        try await disk.lab.kill()
        try await disk.lab.serve()
        try await expectOrders(0..<6, shop)
        expectNoFault(disk.lab, shop)
    }

    /// The power goes before it is known: the next start finds out.
    @Test func aPowerCutAfterASyncThatFailedLosesNothing() async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a power cut after a sync that failed") else { return }
        let shop = try await disk.lab.shop()
        try await shop.run("create-user", order(0))
        try await strike(disk, ["* sync-error \(DiskError.io)"], at: order(1), shop)
        try await disk.lab.kill()
        try disk.mend()
        try await disk.lab.serve()
        try await expectOrders(0..<2, shop)
    }

    /// The server is stopped while the disk is broken: it ends, and the log stays for the next start.
    @Test func aStopAfterASyncThatFailedLosesNothing() async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a stop after a sync that failed") else { return }
        let shop = try await disk.lab.shop()
        try await shop.run("create-user", order(0))
        try await strike(disk, ["* sync-error \(DiskError.io)"], at: order(1), shop)
        #expect(try await disk.lab.stop()?.status == 0)
        try disk.mend()
        try await disk.lab.serve()
        try await expectOrders(0..<2, shop)
    }

    /// What a checkpoint copied may never have reached the disk, when there was no sync, as there is none while somebody
    /// still reads what was before. A sync that fails later takes it away; so all of the log must be copied again.
    @Test func afterACheckpointThatFailedToSyncTheLogIsCopiedAnew() async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a checkpoint that fails to sync") else { return }
        let lab = disk.lab
        let shop = try await lab.shop()
        try disk.become(["usher.db sync-error \(DiskError.io)", "usher.db sync-loses 1"])
        let other = try SQLiteDatabase(path: file(lab).path())
        // Not by this process, whose disk is sound.
        _ = try await other.write { tx in try tx.rows("PRAGMA wal_autocheckpoint = 0") }
        try await lengthenLog(other)
        let (reads, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let reading: Void = other.read { tx in
            _ = try tx.rows("SELECT COUNT(*) AS pieces FROM ballast")
            reads.signal()
            release.wait()
        }
        try await onOwnThread { reads.wait() }
        try await shop.run("create-user", order(0))
        _ = try await eventually("a checkpoint of a part") { try size(of: file(lab)) > 9_000_000 ? true : nil }
        release.signal()
        try await reading
        try await lengthenLog(other)
        try await other.close()
        try await shop.run("create-user", order(1))
        var extra = 0
        // A commit asks for one. It comes too early while that of a part is still at work, and a reader can keep it from
        // being whole; then the next is due when the log has grown by 8 MB, which takes some hundred commits.
        _ = try await eventually("a whole checkpoint", within: .seconds(600)) {
            extra += 1
            _ = try await shop.call(
                "create-license", ["userId": 1, "validUntil": "never", "externalRef": .string("extra-\(extra)")])
            return lab.log.contains("synced after a checkpoint") ? true : nil
        }
        try await expectAliveButNotReady(lab)

        try disk.mend()
        try await expectReadySoon(lab)
        try await expectOrders(0..<3, shop)
        try await lab.stop()
        #expect(try await lab.verb(["doctor"]).output.contains("database: it is whole"))
        try await lab.serve()
        try await expectOrders(0..<3, shop)
    }

    /// A back-up is being made when a sync fails: SQLite would go on with what it has in memory of the log.
    @Test func theDatabaseIsNotOpenedAnewWhileAnotherProcessHasIt() async throws {
        guard let disk = try await FaultyDisk.start(leftOut: "a sync that fails beside a back-up") else { return }
        let shop = try await disk.lab.shop()
        try await shop.run("create-user", order(0))
        try await strike(disk, ["* sync-error \(DiskError.io)"], at: order(1), shop)
        let other = try SQLiteDatabase(path: file(disk.lab).path())
        try disk.mend()
        _ = try await eventually("the reason in the log") {
            expectRefusal(try await shop.call("create-user", order(2)))
            return disk.lab.log.contains("another process has it open") ? true : nil
        }
        try await other.close()
        try await expectReadySoon(disk.lab)
        try await expectOrders(0..<3, shop)
    }

    /// Adds so much to the log that the server copies it after its next commit.
    private func lengthenLog(_ database: SQLiteDatabase) async throws {
        try await database.write { tx in
            try tx.execute("CREATE TABLE IF NOT EXISTS ballast (bytes BLOB)")
            try tx.execute("INSERT INTO ballast VALUES (randomblob(10000000))")
        }
    }

    private func file(_ lab: Lab) -> URL { lab.data.appending(path: "usher.db") }

    private func size(of file: URL) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file.path())[.size] as? Int ?? 0
    }
}
