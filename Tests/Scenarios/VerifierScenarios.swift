import Foundation
import JSON
import TestSupport
import Testing

/// The verifiers in `docs/verify.md`, against an issuer that signs good tokens and bad ones.
struct VerifierScenarios {
    struct Language: Sendable, CustomTestStringConvertible {
        let program: String
        let arguments: [String]

        var testDescription: String { program }
    }

    @Test(arguments: [
        Language(program: "node", arguments: ["check.mjs"]),
        Language(program: "python", arguments: ["check.py"]),
        Language(program: "php", arguments: ["check.php"]),
        Language(program: "go", arguments: ["run", "verify.go", "check.go"]),
    ])
    func goodTokensAreAcceptedAndNoOthers(language: Language) async throws {
        let purpose = "the verifier in \(language.program)"
        guard let python = SnippetRun.path(of: "python", for: purpose),
            let program = SnippetRun.path(of: language.program, for: purpose)
        else { return }
        let folder = try TemporaryFolder()
        let issuer = try Issuer(python: python, folder: folder.url)
        defer { issuer.process.signal(SIGTERM) }
        let (port, cases) = try await issuer.tokens()
        for file in try Document("verify.md").files {
            let text = file.text.replacingOccurrences(of: "localhost:8080", with: "localhost:\(port)")
            try Data(text.utf8).write(to: folder.url.appending(path: file.name))
        }
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.url.path(), "NO_PROXY": "*",
            "NODE_OPTIONS": "--dns-result-order=ipv4first",
        ]
        let input = cases.map { $0.token + "\n" }.joined()
        let finished = try await Subprocess(
            URL(filePath: program), language.arguments, environment: environment, folder: folder.url, input: input
        ).wait()
        #expect(finished.status == 0 && finished.errors.isEmpty, "\(finished.errors)")
        let lines = finished.output.split(separator: "\n")
        try #require(lines.count == cases.count, "\(finished.output)\(finished.errors)")
        for (line, expected) in zip(lines, cases) {
            let verdict = line.hasPrefix("refused: ") ? "refused" : String(line)
            #expect(verdict == expected.verdict, "\(expected.name): \(line)")
        }
        #expect(issuer.fetches == 1, "made-up ids of keys are no reason to ask again within a minute")
    }

    /// `forge_tokens.py` as it runs.
    private struct Issuer {
        struct Case {
            let name: String
            let token: String
            let verdict: String
        }

        let process: Subprocess

        init(python: String, folder: URL) throws {
            let script = Document.repository.appending(path: "Tests/Python/forge_tokens.py")
            process = try Subprocess(
                URL(filePath: python), [script.path()], environment: ["PATH": "/usr/bin:/bin"], folder: folder)
        }

        func tokens() async throws -> (port: Int, cases: [Case]) {
            let listed = try await eventually("the forged tokens") {
                guard process.isRunning else { throw ControlError(description: process.errors) }
                return process.output.split(separator: "\n").first.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
            }
            let cases = try #require(listed["tokens"]).items.map { item in
                Case(
                    name: try #require(item["name"]?.stringValue), token: try #require(item["token"]?.stringValue),
                    verdict: try #require(item["verdict"]?.stringValue))
            }
            return (try #require(listed["port"]?.int), cases)
        }

        var fetches: Int { process.output.split(separator: "\n").count { $0 == "fetched" } }
    }
}
