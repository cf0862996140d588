import Foundation
import TestSupport
import Testing

/// `usher validate`: what it says of documents, and with which status it ends.
struct ValidateScenarios {
    private static let schema = """
        {"type": "object", "required": ["name"], "additionalProperties": false,
         "properties": {"name": {"type": "string"}, "seats": {"minimum": 1}, "mail": {"format": "email"},
                        "end": {"$ref": "end.json"}}}
        """

    /// A lab with files beside it; no server is needed.
    private func lab(_ files: [String: String]) async throws -> Lab {
        let lab = try await Lab.start()
        for (name, text) in files {
            let file = lab.folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return lab
    }

    @Test func allThatIsWrongIsToldInTheOrderOfTheDocument() async throws {
        let lab = try await lab([
            "schema.json": Self.schema, "end.json": #"{"format": "date"}"#, "good.json": #"{"name": "Pro"}"#,
            "bad.json": #"{"seats": 0, "mail": "x", "end": "never", "sets": 1}"#,
        ])
        let finished = try await lab.bare(["validate", "schema.json", "good.json", "bad.json"])
        #expect(finished.status == 1)
        #expect(
            finished.output == """
                good.json: valid
                bad.json: not valid
                  /name required: `name` is required
                  /seats minimum: `seats` must be at least 1, got 0
                  /mail format: `mail` must be an email address such as name@example.com, got "x"
                  /end format: `end` must be a date such as 2027-01-31, got "never"
                  /sets additionalProperties: `sets` is not a field here

                """)
        #expect(try await lab.bare(["validate", "schema.json", "good.json"]).status == 0)
        #expect(try await lab.bare(["validate", "schema.json"]).status == 0)
    }

    @Test func aSchemaThatIsNoneIsToldWithItsPlaces() async throws {
        let lab = try await lab(["schema.json": #"{"minimum": "1", "properties": {"a": {"pattern": "(?=a)"}}}"#])
        let finished = try await lab.bare(["validate", "schema.json"])
        #expect(finished.status == 1)
        #expect(finished.errors.contains("/minimum: `minimum` must be a number."))
        #expect(finished.errors.contains("/properties/a/pattern: The pattern `(?=a)` has look-ahead"))
    }

    @Test func parsingAloneNeedsNoSchema() async throws {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        let lab = try await lab(["deep.json": deep, "bad.json": "[1,]"])
        #expect(try await lab.bare(["validate", "--parse", "deep.json"]).status == 0)
        let bad = try await lab.bare(["validate", "--parse", "deep.json", "bad.json"])
        #expect(bad.status == 1)
        #expect(bad.output == "bad.json: Expected a value, found `]`, at line 1, column 4.\n")
    }

    @Test func aSuiteIsCountedAndItsFailuresAreNamed() async throws {
        func group(_ schema: String, _ tests: String) -> String {
            #"[{"description": "a group", "schema": \#(schema), "tests": [\#(tests)]}]"#
        }
        let wrong = #"{"description": "a test", "data": "x", "valid": true}"#
        let lab = try await lab([
            "suite/a.json": group(#"{"$ref": "http://localhost:1234/text.json"}"#, wrong),
            "suite/describes.json": group(#"{"format": "date"}"#, wrong),
            "suite/format/asserts.json": group(#"{"format": "date"}"#, wrong),
            "remotes/text.json": #"{"type": "string"}"#,
        ])
        let finished = try await lab.bare(["validate", "--suite", "suite", "--remotes", "remotes"])
        #expect(finished.status == 1)
        #expect(finished.output.hasPrefix("format/asserts.json: a group: a test: "), "\(finished.output)")
        #expect(finished.output.hasSuffix("\n2 passed, 1 failed\n"), "\(finished.output)")
        let without = try await lab.bare(["validate", "--suite", "suite/format"])
        #expect(without.output.hasSuffix("\n0 passed, 1 failed\n"), "\(without.output)")
    }
}
