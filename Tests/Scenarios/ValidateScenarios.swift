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
        let lab = try await Lab.idle()
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

    @Test func aFileThatCannotBeReadHidesNothingOfTheOthers() async throws {
        let lab = try await lab([
            "schema.json": #"{"type": "object"}"#, "bad.json": "[1,]", "text.json": #""a""#, "folder/a.json": "{}",
        ])
        let parsed = try await lab.bare(["validate", "--parse", "none.json", "folder", "bad.json"])
        #expect(parsed.status == 1)
        #expect(parsed.output.hasPrefix("bad.json: Expected a value"))
        #expect(parsed.errors == "usher: none.json does not exist.\nusher: folder can't be read: it is a folder.\n")
        let checked = try await lab.bare(["validate", "schema.json", "none.json", "bad.json", "text.json"])
        #expect(checked.status == 1)
        #expect(checked.output == "text.json: not valid\n  type: The value must be an object, got \"a\"\n")
        #expect(
            checked.errors.contains("none.json does not exist.") && checked.errors.contains("bad.json is not JSON: "))
    }

    @Test func aDocumentBesideTheSchemaThatIsBrokenIsTold() async throws {
        let lab = try await lab([
            "a b#1/schema.json": #"{"$ref": "my%20end.json"}"#, "a b#1/my end.json": #"{"type": "string"}"#,
            "refers.json": #"{"$ref": "end.json"}"#, "end.json": "{",
        ])
        let found = try await lab.bare(["validate", "a b#1/schema.json", "end.json"])
        #expect(!found.errors.contains("is not a schema"), "\(found.errors)")
        let broken = try await lab.bare(["validate", "refers.json"])
        #expect(broken.errors.contains("/end.json is not JSON: Expected a member's name"), "\(broken.errors)")
    }

    @Test func theFirstFiftyMistakesAreSaidToBeTheFirst() async throws {
        let list = Array(repeating: "1", count: 60).joined(separator: ",")
        let lab = try await lab(["schema.json": #"{"items": {"type": "string"}}"#, "list.json": "[\(list)]"])
        let finished = try await lab.bare(["validate", "schema.json", "list.json"])
        #expect(finished.output.split(separator: "\n").count == 52)
        #expect(finished.output.hasSuffix("\n  There may be more; these are the first 50.\n"))
    }

    @Test func namesCannotSteerTheTerminal() async throws {
        let lab = try await lab([
            "schema.json": #"{"additionalProperties": false}"#, "object.json": #"{"\u001b[31ma\nb": 1}"#,
        ])
        let finished = try await lab.bare(["validate", "schema.json", "object.json"])
        #expect(finished.output.contains(#"/\u{1b}[31ma\nb additionalProperties: "#), "\(finished.output)")
    }

    @Test(arguments: [
        (["--suite", "suite", "schema.json"], "takes a folder and no files"),
        (["--remotes", "suite"], "belongs to --suite"),
        ([], "Give the file of a schema"), (["--parse", "-", "-"], "can be read once"),
        (["--parse", "--strict", "schema.json"], "--strict and --no-formats"),
        (["--suite", "suite", "--no-formats"], "--strict and"),
    ])
    func wrongUsageEndsWith64(arguments: [String], words: String) async throws {
        let finished = try await Lab.idle().bare(["validate"] + arguments)
        #expect(finished.status == 64)
        #expect(finished.errors.contains(words), "\(finished.errors)")
    }

    @Test func whatIsNoSuiteIsNamedAndTheRestRuns() async throws {
        let good = #"{"description": "a test", "data": 1, "valid": true}"#
        let lab = try await lab([
            "suite/good.json": #"[{"description": "a group", "schema": {}, "tests": [\#(good)]}]"#,
            "suite/broken.json": "[", "suite/object.json": "{}", "suite/remotes/text.json": #"{"type": "string"}"#,
            "suite/half.json":
                #"[{"schema": {}}, {"schema": {}, "tests": [{"data": 1}]}, {"schema": 1, "tests": []}, 5]"#,
            "empty/readme.txt": "none",
        ])
        let finished = try await lab.bare(["validate", "--suite", "suite", "--remotes", "suite/remotes"])
        #expect(finished.status == 1)
        #expect(finished.output.hasSuffix("\n1 passed, 6 failed\n"), "\(finished.output)")
        for part in ["broken.json is not JSON: ", "object.json is not a list of groups", "half.json: a group without"] {
            #expect(finished.output.contains(part), "\(part) in \(finished.output)")
        }
        for (arguments, words) in [
            (["--suite", "empty"], "no .json file below the folder empty"), (["--suite", "none"], "no folder none"),
            (["--suite", "suite", "--remotes", "none"], "no folder none"),
        ] {
            let refused = try await lab.bare(["validate"] + arguments)
            #expect(refused.status == 1 && refused.output.isEmpty)
            #expect(refused.errors.contains(words), "\(refused.errors)")
        }
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
