import Foundation
import JSON
import TestSupport
import Testing

/// Another server verifies our tokens with nothing but the JWKS URL, issuer and audience.
struct TokenVerificationScenarios {
    @Test func threeForeignLibrariesAcceptAGoodTokenAndNoOther() async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            print("Left out: tokens verified by PyJWT, joserfc and authlib (USHER_TEST_PYTHON is not set).")
            return
        }
        let lab = try await Lab.start()
        let ann = try await lab.shop().customer("ann", seats: 1)
        let good = try await ann.session().accessToken
        // The lab goes an hour back: what it issues there has expired by everybody else's clock.
        try await lab.advance(by: .seconds(-3600))
        let expired = try await ann.session(on: "Other/1.0").accessToken
        let input: JSONValue = ["good": .string(good), "expired": .string(expired)]
        let issuer = "http://localhost:\(lab.port)"
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/verify_tokens.py")
        let finished = try await Subprocess(
            URL(filePath: python), [script.path(), "\(lab.http.base)/.well-known/jwks.json", issuer, issuer],
            environment: ["PATH": "/usr/bin:/bin", "NO_PROXY": "*"], folder: lab.folder, input: input.text
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
        #expect(finished.output.split(separator: "\n").count == 15, "\(finished.output)\(finished.errors)")
    }
}
