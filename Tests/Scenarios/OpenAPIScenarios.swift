import Foundation
import TestSupport
import Testing

/// What `/openapi.json` says is what the server does, as tools of others see it.
struct OpenAPIScenarios {
    /// openapi-spec-validator reads the document; schemathesis calls all that is in it, with inputs that keep and that
    /// break its schemas, and checks every answer. The same requests every time.
    @Test func schemathesisFindsNothing() async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            print("Left out: the interface called by schemathesis (USHER_TEST_PYTHON is not set).")
            return
        }
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off", "USHER_LOG_LEVEL": "warning"])
        let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/openapi")
        let finished = try await Subprocess(
            URL(filePath: python),
            [program.path(), lab.http.base, "--seed", "1", "--max-examples", "3", "--no-shrink"],
            environment: ["PATH": "/usr/bin:/bin", "HOME": lab.folder.path(), "NO_PROXY": "*"], folder: lab.folder,
            input: try await lab.shop().token
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
        #expect(finished.output.contains("Tested: 39"), "\(finished.output)\(finished.errors)")
        #expect(!lab.log.contains("request failed"), "\(lab.log)")
    }
}
