import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// Servers that start on one database, and what each has to know of the others.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct NodeStartScenarios {
    @Test func whatOneNodeDoesTheOthersKnow() async throws {
        guard Nodes.arePossible(for: "two nodes") else { return }
        // Both start at once on an empty database.
        let nodes = try await Nodes.start(2)
        let (one, two) = (nodes.labs[0], nodes.labs[1])
        let keys = try await one.http.get("/.well-known/jwks.json").body
        #expect(try await two.http.get("/.well-known/jwks.json").body == keys)
        let shop = try await one.shop()
        let customer = try await shop.customer("ada", seats: 1)
        let login = try await customer.session()
        let onTwo = try await two.refreshed(login)
        let sessions = try await two.http.get("/api/auth/sessions", headers: bearer(login.accessToken))
        #expect(sessions.status == 200)
        try await shop.run("revoke-session", ["sessionId": .int(try #require(login.sessionID))])
        #expect(try await two.refresh(onTwo.refreshToken).status == 401)
    }

    @Test func keysThatOneNodeMadeReachTheOtherWithoutARestart() async throws {
        guard Nodes.arePossible(for: "keys that change on one node") else { return }
        let nodes = try await Nodes.start(2)
        let (one, two) = (nodes.labs[0], nodes.labs[1])
        let old = try await two.http.get("/.well-known/jwks.json").body
        let database = try nodes.database.open()
        try await database.write { tx in _ = try tx.execute("DELETE FROM keys WHERE purpose = 'access-token'") }
        try await database.close()
        try await one.stop()
        try await one.serve()
        let new = try await one.http.get("/.well-known/jwks.json").body
        #expect(new != old)
        _ = try await eventually("the new keys on the other node") {
            try await two.http.get("/.well-known/jwks.json").body == new ? true : nil
        }
        let customer = try await one.shop().customer("ada", seats: 1)
        let login = try await customer.session()
        #expect(try await two.http.get("/api/auth/sessions", headers: bearer(login.accessToken)).status == 200)
    }

    @Test func ofTwoFirstStartsWithKeysOfTheirOwnOneIsToldWhatToDo() async throws {
        guard Nodes.arePossible(for: "two first starts at once") else { return }
        let nodes = try await Nodes.idle(2)
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for (number, lab) in nodes.labs.enumerated() {
                group.addTask { (number, (try? await lab.serve()) != nil) }
            }
            return await group.reduce(into: [false, false]) { $0[$1.0] = $1.1 }
        }
        #expect(outcomes.filter(\.self).count == 1, "\(nodes.labs.map(\.log))")
        let winner = nodes.labs[outcomes[0] ? 0 : 1]
        let loser = nodes.labs[outcomes[0] ? 1 : 0]
        #expect(loser.log.contains("master.key cannot be read"), "\(loser.log)")
        #expect(loser.log.contains("copy it from the one that was there first"))
        // No key beside a database that has keys.
        let key = loser.data.appending(path: "master.key")
        #expect(!FileManager.default.fileExists(atPath: key.path()))
        try FileManager.default.copyItem(at: winner.data.appending(path: "master.key"), to: key)
        try await loser.serve()
        #expect(
            try await loser.http.get("/.well-known/jwks.json").body == winner.http.get("/.well-known/jwks.json").body)
    }

    @Test func aMasterKeyOfAnotherDatabaseMakesNoNewInstallation() async throws {
        guard Nodes.arePossible(for: "a master key beside an empty database") else { return }
        let nodes = try await Nodes.idle(1)
        let lab = nodes.labs[0]
        try FileManager.default.createDirectory(at: lab.data, withIntermediateDirectories: false)
        unsafe chmod(lab.data.path(), 0o700)
        let key = lab.data.appending(path: "master.key")
        try Data(
            "\(Nodes.newMasterKey().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))\n"
                .utf8
        )
        .write(to: key)
        unsafe chmod(key.path(), 0o600)
        let refused = try await lab.refusedStart()
        #expect(refused.status == 1 && refused.errors.contains("fill it first with `usher copy`"), "\(refused.errors)")
        let verb = try await lab.verb(["create-admin", "ada@example.com", "Ada"])
        #expect(verb.status == 1 && verb.errors.contains("There is nothing in the database"), "\(verb.errors)")
    }

    @Test func whatIsWrongWithADatabaseIsSaidWithoutItsPassword() async throws {
        guard Nodes.arePossible(for: "addresses that lead nowhere") else { return }
        let database = try TestDatabase(.postgres)
        let parts = try #require(URLComponents(string: database.url))
        let (port, password) = (try #require(parts.port), try #require(parts.password))
        let place = "127.0.0.1:\(port)"
        let closed = try freePort()
        for (url, words) in [
            (database.url.replacingOccurrences(of: ":\(port)/", with: ":\(closed)/"), "Nothing listens there"),
            (database.url.replacingOccurrences(of: password, with: "hush-hush"), "Correct user and password"),
            ("postgres://usher:\(password)@\(place)/nowhere", "CREATE DATABASE"),
            ("postgres://usher:\(password)@no.such.host.invalid/usher", "There is no such host"),
            (database.url + "?sslmode=require", "The server has no TLS"),
        ] {
            let lab = try await Lab.idle(settings: ["USHER_DATABASE_URL": url])
            for verb in [["check"], ["doctor"], ["serve"], ["run", "list-users"]] {
                let finished = try await lab.verb(verb)
                let text = finished.output + finished.errors
                #expect(finished.status == 1, "\(verb) \(words): \(text)")
                #expect(!text.contains(password) && !text.contains("hush-hush"), "\(verb) \(words)")
                if verb[0] != "run" { #expect(text.contains(words), "\(verb): \(text)") }
            }
            #expect(!lab.hasDataFolder)
        }
    }

    @Test func whatIsSQLitesAloneIsToldApart() async throws {
        guard Nodes.arePossible(for: "verbs on PostgreSQL") else { return }
        let nodes = try await Nodes.start(1)
        let lab = nodes.labs[0]
        let backup = try await lab.verb(["backup", "copy.db"])
        #expect(backup.status == 1 && backup.errors.contains("pg_dump"), "\(backup.errors)")
        let restore = try await lab.verb(["restore", "copy.db"])
        #expect(restore.status == 1 && restore.errors.contains("pg_restore"), "\(restore.errors)")
        let check = try await lab.verb(["check"])
        #expect(check.status == 0, "\(check.errors)")
        let doctor = try await lab.verb(["doctor"])
        for words in [
            "ok       database: PostgreSQL 1", "ok       database: it is the primary",
            "ok       schema: it is that of this",
            "clock: that of the database's machine differs by", "mails: none waits",
        ] { #expect(doctor.output.contains(words), "\(doctor.output)") }
        let password = try #require(URLComponents(string: nodes.database.url)?.password)
        #expect(!(lab.log + check.output + doctor.output + backup.errors + restore.errors).contains(password))
    }
}
