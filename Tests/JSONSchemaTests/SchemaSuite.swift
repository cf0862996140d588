import Foundation
import JSON
import JSONSchema
import Testing

/// The files of the official JSON Schema test suite, draft 2020-12, in `$USHER_TEST_DATA/json-schema-suite`.
struct SchemaSuite {
    static let folder = ProcessInfo.processInfo.environment["USHER_TEST_DATA"].map { $0 + "/json-schema-suite" }

    /// Files of optional tests that are not kept, and why.
    static let filesLeftOut = [
        "optional/cross-draft.json": "other drafts are refused: their keywords mean other things"
    ]

    private let limits = JSONLimits(maximumDepth: 100)

    @Test func everyTestIsKept() throws {
        guard let folder = Self.folder else {
            print("Left out: the JSON Schema suite, because USHER_TEST_DATA is not set.")
            return
        }
        var (tests, groups) = (0, 0)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder + "/tests").filter {
            $0.hasSuffix(".json")
        }
        for path in paths.sorted() where Self.filesLeftOut[path] == nil {
            let file = try JSONValue(parsing: bytes("tests/" + path), limits: limits)
            for group in try #require(file.arrayValue) {
                groups += 1
                tests += check(group, path)
            }
        }
        try #require(tests > 0)
        print("JSON Schema suite: \(tests) tests of \(groups) groups are kept; left out:", Self.filesLeftOut)
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: "\(Self.folder ?? "")/\(path)")))
    }

    private func check(_ group: JSONValue, _ path: String) -> Int {
        var options = SchemaOptions.specification
        if path.contains("format/") { options.formats = .asserted }
        options.documents = remote
        var count = 0
        let title = "\(path): \(group["description"]?.stringValue ?? "")"
        do {
            let schema = try Schema(group["schema"] ?? nil, options: options)
            for test in group["tests"]?.arrayValue ?? [] {
                guard let data = test["data"] else { continue }
                count += 1
                let errors = schema.validate(data)
                #expect(
                    errors.isEmpty == test["valid"]?.boolValue,
                    "\(title): \(test["description"]?.stringValue ?? "") \(data) \(errors)")
                #expect(schema.accepts(data) == errors.isEmpty, "\(title)")
            }
        } catch {
            Issue.record("\(title) is not compiled: \(error)")
        }
        return count
    }

    /// The suite's own documents, where it says that they are.
    private func remote(_ uri: String) -> JSONValue? {
        let server = "http://localhost:1234/"
        guard uri.hasPrefix(server), let bytes = try? bytes("remotes/" + uri.dropFirst(server.count)) else {
            return nil
        }
        return try? JSONValue(parsing: bytes, limits: limits)
    }
}
