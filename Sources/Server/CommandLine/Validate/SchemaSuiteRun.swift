import FoundationEssentials
import JSON
import JSONSchema

/// A run of tests in the form of the official JSON Schema test suite.
struct SchemaSuiteRun {
    private let folder: String
    private let remotes: String?
    private var passed = 0
    private var failed = 0

    init(folder: String, remotes: String?) {
        self.folder = folder
        self.remotes = remotes
    }

    /// Runs every file below the folder, names each failure, and counts; whether nothing failed.
    consuming func run() throws -> Bool {
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw CannotStart("There is no folder \(folder).")
        }
        for path in paths.sorted() where path.hasSuffix(".json") {
            let groups = try SchemaFiles.json("\(folder)/\(path)").arrayValue
            guard let groups else { throw CannotStart("\(folder)/\(path) is not a list of groups of tests.") }
            // Formats only describe, but where a folder is about them.
            let isAboutFormats = "\(folder)/\(path)".split(separator: "/").dropLast().contains("format")
            for group in groups { run(group, in: path, assertsFormats: isAboutFormats) }
        }
        print("\(passed) passed, \(failed) failed")
        return failed == 0
    }

    private mutating func run(_ group: JSONValue, in path: String, assertsFormats: Bool) {
        let tests = group["tests"]?.arrayValue ?? []
        let title = "\(path): \(group["description"]?.stringValue ?? "")"
        var options = SchemaOptions.specification
        if assertsFormats { options.formats = .asserted }
        options.documents = { [remotes] in Self.document($0, in: remotes) }
        do throws(SchemaCompilationError) {
            let schema = try Schema(group["schema"] ?? .null, options: options)
            for test in tests { run(test, by: schema, title) }
        } catch {
            failed += tests.count
            print("\(title): the schema is refused. \(error)")
        }
    }

    private mutating func run(_ test: JSONValue, by schema: Schema, _ title: String) {
        let errors = schema.validate(test["data"] ?? .null)
        if errors.isEmpty == test["valid"]?.boolValue {
            passed += 1
        } else {
            failed += 1
            let found = errors.first.map { "\($0.pointer) \($0.keyword): \($0.message)" } ?? "nothing is wrong"
            print("\(title): \(test["description"]?.stringValue ?? ""): \(found)")
        }
    }

    private static func document(_ uri: String, in remotes: String?) -> JSONValue? {
        let server = "http://localhost:1234/"
        guard let remotes, uri.hasPrefix(server) else { return nil }
        return try? SchemaFiles.json("\(remotes)/\(uri.dropFirst(server.count))")
    }
}
