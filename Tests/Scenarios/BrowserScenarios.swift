import Foundation
import TestSupport
import Testing

/// The pages in a real browser: without JavaScript on a phone, with it on a desktop.
struct BrowserScenarios {
    @Test func thePagesWorkInChromium() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let python = environment["USHER_TEST_PYTHON"], let chromium = environment["USHER_TEST_CHROMIUM"],
            let driver = environment["USHER_TEST_CHROMEDRIVER"]
        else {
            print("Left out: the pages in Chromium (USHER_TEST_PYTHON, _CHROMIUM and _CHROMEDRIVER are not all set).")
            return
        }
        let lab = try await Lab.start()
        let made = try await lab.verb(["create-admin", "mara@example.com", "Mara Lindt"])
        let link = try #require(Link(in: made.output), "\(made.output)\(made.errors)")
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/browser_story.py")
        let shots = environment["USHER_TEST_SCREENSHOTS"] ?? lab.folder.path()
        let base = "http://localhost:\(lab.port)"
        let finished = try await Subprocess(
            URL(filePath: python), [script.path(), base, base + link.target, chromium, driver, shots],
            environment: ["PATH": "/usr/bin:/bin", "HOME": lab.folder.path(), "NO_PROXY": "*"], folder: lab.folder
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
    }
}
