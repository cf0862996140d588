import Foundation
import JSON
import TestSupport
import Testing

/// The pages in a real browser: on phones and desktops, with JavaScript and without, in English and in German.
struct BrowserScenarios {
    @Test func thePagesWorkInChromium() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let python = environment["USHER_TEST_PYTHON"], let chromium = environment["USHER_TEST_CHROMIUM"],
            let driver = environment["USHER_TEST_CHROMEDRIVER"]
        else {
            print("Left out: the pages in Chromium (USHER_TEST_PYTHON, _CHROMIUM and _CHROMEDRIVER are not all set).")
            return
        }
        // The browser's own place is unknown; the story says where its devices are.
        let lab = try await Lab.start(settings: [
            "USHER_TRUSTED_PROXIES": "127.0.0.1,::1",
            // It asks for more mails, and logs in more often, than one person would.
            "USHER_RATE_LIMITS": "off",
        ])
        let shop = try await lab.shop()
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/browser_story.py")
        let finished = try await Subprocess(
            URL(filePath: python),
            [
                "-B", script.path(), "http://localhost:\(lab.port)", shop.token,
                lab.data.appending(path: "mail").path(), chromium, driver,
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": lab.folder.path(), "NO_PROXY": "*"], folder: lab.folder
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
    }

    /// What a browser thinks of the cookies is only seen over https: it refuses `__Host-` ones elsewhere.
    @Test func theCookiesAreKeptBehindNginx() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let python = environment["USHER_TEST_PYTHON"], let chromium = environment["USHER_TEST_CHROMIUM"],
            let driver = environment["USHER_TEST_CHROMEDRIVER"], let certutil = environment["USHER_TEST_CERTUTIL"]
        else {
            print("Left out: Chromium behind nginx (USHER_TEST_PYTHON, _CHROMIUM, _CHROMEDRIVER, _CERTUTIL).")
            return
        }
        guard let proxy = try await ProxyUnderTest.start(.nginx, for: "Chromium") else { return }
        let folder = proxy.lab.folder
        let shop = try await proxy.shop()
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann Berger"])
        let link = try #require(try await proxy.lab.mail(to: "ann@example.com").link).url

        let trust = "sql:\(folder.path())/.pki/nssdb"
        try FileManager.default.createDirectory(
            at: folder.appending(path: ".pki/nssdb"), withIntermediateDirectories: true)
        for arguments in [
            ["-N", "-d", trust, "--empty-password"],
            ["-A", "-d", trust, "-n", "test", "-t", "C,,", "-i", proxy.authority.root.path()],
        ] {
            let made = try await Subprocess(
                URL(filePath: certutil), arguments, environment: ["HOME": folder.path()], folder: folder
            ).wait()
            try #require(made.status == 0, "\(made.errors)")
        }
        let script = Document.repository.appending(path: "Tests/Python/https_story.py")
        let finished = try await Subprocess(
            URL(filePath: python),
            [
                "-B", script.path(), ProxyKind.publicURL, String(proxy.place.https), link, "ann@example.com", chromium,
                driver,
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path(), "NO_PROXY": "*"], folder: folder
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
    }
}
