import Foundation
import JSON
import JSONSchema
import Testing

/// The files of the official JSON Schema test suite, draft 2020-12, in `$USHER_TEST_DATA/json-schema-suite`.
struct SchemaSuite {
    static let folder = ProcessInfo.processInfo.environment["USHER_TEST_DATA"].map { $0 + "/json-schema-suite/tests" }

    /// Files about what is not there, and why.
    static let filesLeftOut = [
        "anchor.json": "$anchor", "dynamicRef.json": "$dynamicRef", "refRemote.json": "other documents",
        "unevaluatedItems.json": "unevaluatedItems", "unevaluatedProperties.json": "unevaluatedProperties",
        "vocabulary.json": "$vocabulary", "optional/dynamicRef.json": "$dynamicRef", "optional/id.json": "$id",
        "optional/cross-draft.json": "other documents",
        "optional/dependencies-compatibility.json": "`dependencies` of older drafts",
        "optional/format-assertion.json": "$vocabulary",
        "optional/refOfUnknownKeyword.json": "unknown keywords are refused",
        "optional/unknownKeyword.json": "unknown keywords are refused",
        "optional/format/idn-hostname.json": "the format needs the tables of IDNA",
        "optional/format/unknown.json": "unknown formats are refused",
        "format.json": "it takes formats as annotations, and they are asserted here",
    ]

    /// Schemas with these are left out of the other files: what such a keyword is about is not there.
    static let keywordsLeftOut: Set = [
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "unevaluatedItems", "unevaluatedProperties",
    ]

    /// Single groups, by file and description.
    static let groupsLeftOut: Set = [
        "ref.json: remote ref, containing refs itself",
        "defs.json: validate definition against metaschema",
    ]

    @Test func everyFileOfAKnownKeywordIsKept() throws {
        guard let folder = Self.folder else {
            print("Left out: the JSON Schema suite, because USHER_TEST_DATA is not set.")
            return
        }
        var tally = Tally()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        for path in paths.sorted() where Self.filesLeftOut[path] == nil {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
            for group in try #require(try JSONValue(parsing: bytes).arrayValue) {
                check(group, "\(path): \(group["description"]?.stringValue ?? "")", &tally)
            }
        }
        try #require(tally.tests > 0)
        let files = Self.filesLeftOut.filter { paths.contains($0.key) }
        print("JSON Schema suite: \(tally.tests) tests of \(tally.groups) groups are kept.")
        print("  \(tally.leftOut.count) groups left out: \(tally.leftOut.joined(separator: "; "))")
        print("  \(files.count) files left out: \(files.map { "\($0) (\($1))" }.sorted().joined(separator: "; "))")
    }

    struct Tally {
        var tests = 0
        var groups = 0
        var leftOut: [String] = []
    }

    private func check(_ group: JSONValue, _ title: String, _ tally: inout Tally) {
        guard let document = group["schema"], !Self.groupsLeftOut.contains(title), !usesWhatIsNotThere(document) else {
            tally.leftOut.append(title)
            return
        }
        tally.groups += 1
        do {
            let schema = try Schema(document)
            for test in group["tests"]?.arrayValue ?? [] {
                guard let data = test["data"] else { continue }
                tally.tests += 1
                let errors = schema.validate(data)
                #expect(
                    errors.isEmpty == test["valid"]?.boolValue,
                    "\(title): \(test["description"]?.stringValue ?? "") \(data) \(errors)")
                #expect(schema.accepts(data) == errors.isEmpty, "\(title)")
            }
        } catch {
            Issue.record("\(title) is not compiled: \(error)")
        }
    }

    private func usesWhatIsNotThere(_ schema: JSONValue, isRoot: Bool = true) -> Bool {
        switch schema {
        case .array(let items): items.contains { usesWhatIsNotThere($0, isRoot: false) }
        case .object(let object):
            object.contains { name, value in
                Self.keywordsLeftOut.contains(name) || name == "$id" && !isRoot && value.stringValue != nil
                    || usesWhatIsNotThere(value, isRoot: false)
            }
        default: false
        }
    }
}
