import Foundation
import TestSupport
import Testing

/// The machine fails in the middle of the busiest hour: orders, logins, refreshes and mails all at once.
///
/// The short form of `script/long kill`, which kills 200 times; both are the program in `Tests/Python/long`.
struct CrashScenarios {
    @Test func nothingAnsweredIsLostWhenTheServerIsKilledUnderFullLoad() async throws {
        guard let python = SnippetRun.path(of: "python", for: "the server killed under full load") else { return }
        let lab = try await Lab.idle()
        let program = Document.repository.appending(path: "Tests/Python/long").path()
        let state = lab.folder.appending(path: "long").path()
        let finished = try await Subprocess(
            URL(filePath: python),
            [
                program, "kill", "--kills", "4", "--longest", "1.5", "--program", lab.program.path(), "--state", state,
                "--no-record",
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": lab.folder.path(), "PYTHONDONTWRITEBYTECODE": "1"],
            folder: lab.folder
        ).wait()
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(finished.output.contains("4, of them 1 in a start"), "\(finished.output)")
    }
}
