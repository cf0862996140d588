import Foundation
import JSON
import TestSupport
import Testing

/// `usher check`: everything that would keep the server from starting, and nothing is changed.
struct CheckScenarios {
    @Test func beforeTheFirstStartAllIsWellAndNothingIsMade() async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.verb(["check"])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(
            finished.output.contains("in order") && finished.output.contains("no data folder"), "\(finished.output)")
        #expect(!lab.hasDataFolder)
    }

    @Test func besideARunningServerItSaysSo() async throws {
        let lab = try await Lab.start()
        let finished = try await lab.verb(["check"])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(finished.output.contains("A server runs on the data folder \(lab.data.path())"), "\(finished.output)")
    }

    @Test func aStoppedServersFolderStaysAsItIs() async throws {
        let lab = try await Lab.start()
        try await lab.stop()
        unsafe chmod(lab.data.path(), 0o755)
        let before = try lab.contents()
        let finished = try await lab.verb(["check"])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(try lab.contents() == before)
        let mode = try FileManager.default.attributesOfItem(atPath: lab.data.path())[.posixPermissions] as? Int
        #expect(mode == 0o755)
    }

    @Test func everythingIsFoundAtOnce() async throws {
        let other = try await Lab.start()
        let lab = try await Lab.idle(settings: [
            "USHER_SEAT_IDLE": "soon", "USHER_COMMANDS": "overlay.json", "USHER_TEMPLATES": "templates",
        ])
        try lab.write(#"{"version":1,"commands":{"get-usr":{}}}"#, to: "overlay.json")
        try lab.write("{{nmae}}", to: "templates/set-password.txt")
        let finished = try await lab.bare([
            "check", "--port", String(other.port), "--data", lab.folder.appending(path: "no/data").path(),
        ])
        #expect(finished.status == 78)
        for part in [
            "USHER_SEAT_IDLE", "/commands/get-usr", "set-password.txt:1:", "no/data cannot be made",
            "Port \(other.port)",
        ] {
            #expect(finished.errors.contains(part), "\(part) in: \(finished.errors)")
        }
    }

    @Test func whatTheMachineLacksEndsWithOne() async throws {
        let other = try await Lab.start()
        let lab = try await Lab.idle()
        let finished = try await lab.bare(["check", "--port", String(other.port), "--data", lab.data.path()])
        #expect(finished.status == 1)
        #expect(finished.errors.contains("Port \(other.port)"), "\(finished.errors)")
        #expect(!lab.hasDataFolder)
    }

    @Test func aWrongMasterKeyIsFound() async throws {
        let lab = try await Lab.start()
        let finished = try await lab.bare(
            ["check", "--data", lab.data.path()],
            environment: ["USHER_MASTER_KEY": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY"])
        #expect(finished.status == 1)
        #expect(finished.errors.contains("does not open the keys"), "\(finished.errors)")
    }
}
