import Foundation
import TestSupport
import Testing

/// The unit of systemd is right, and lets the service do little.
struct UnitScenarios {
    /// Runs systemd-analyze on the unit, whose program is one that is there; nil when this machine has none.
    private func analyze(_ arguments: [String]) async throws -> Finished? {
        guard let program = ProcessInfo.processInfo.environment["USHER_TEST_SYSTEMD_ANALYZE"] else {
            print("Left out: the unit (USHER_TEST_SYSTEMD_ANALYZE is not set).")
            return nil
        }
        let folder = try TemporaryFolder()
        let unit = folder.url.appending(path: "usher.service")
        let text = try String(
            contentsOf: Document.repository.appending(path: "deploy/usher.service"), encoding: .utf8)
        let installed = "/usr/local/bin/usher "
        try #require(text.contains(installed))
        let lab = try Lab.executable().path() + " "
        try Data(text.replacingOccurrences(of: installed, with: lab).utf8).write(to: unit)
        return try await Subprocess(
            URL(filePath: program), arguments + [unit.path()], environment: ["PATH": "/usr/bin:/bin"],
            folder: folder.url
        ).wait()
    }

    @Test func systemdHasNothingToSayAgainstIt() async throws {
        guard let finished = try await analyze(["verify"]) else { return }
        #expect(finished.status == 0)
        #expect(finished.output + finished.errors == "")
    }

    @Test func itIsExposedToLittle() async throws {
        guard let finished = try await analyze(["security", "--offline=true", "--no-pager"]) else { return }
        let figure = try #require(finished.output.firstMatch(of: /exposure level for usher.service: ([0-9.]+)/)?.1)
        let exposure = try #require(Double(figure))
        #expect(exposure <= 1.5, "\(finished.output)")
    }

    @Test func theDrainAndTheStopFitIntoTheTimeThatSystemdGives() throws {
        let deploy = Document.repository.appending(path: "deploy")
        let unit = try String(contentsOf: deploy.appending(path: "usher.service"), encoding: .utf8)
        let settings = try String(contentsOf: deploy.appending(path: "usher.env"), encoding: .utf8)
        let stop = try #require(unit.firstMatch(of: /TimeoutStopSec=(\d+)s/).flatMap { Int($0.1) })
        let drain = try #require(settings.firstMatch(of: /USHER_DRAIN=(\d+)s/).flatMap { Int($0.1) })
        #expect(stop >= drain + 5)
    }

    /// What the file says is taken as it is: names, values and quotes.
    @Test func theSettingsAreRight() async throws {
        let lab = try await Lab.start()
        let file = try String(contentsOf: Document.repository.appending(path: "deploy/usher.env"), encoding: .utf8)
        let local = file.replacingOccurrences(of: "USHER_DATA_DIR=/var/lib/usher", with: "")
            .replacingOccurrences(of: "#USHER_", with: "USHER_")
        try Data(local.utf8).write(to: lab.folder.appending(path: ".env"))
        let checked = try await lab.verb(["check"])
        #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
        // So it was read at all.
        try Data((local + "USHER_PUBLIC_ULR=x\n").utf8).write(to: lab.folder.appending(path: ".env"))
        #expect(try await lab.verb(["check"]).status == 78)
    }
}
