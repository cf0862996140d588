import FoundationEssentials
import JSON
import JSONSchema

/// A run of tests in the form of the official JSON Schema test suite.
struct SchemaSuiteRun {
    private let folder: String
    private let remotes: String?
    private var passed = 0
    private var failed = 0

    /// - Throws: ``CannotStart`` when one of the folders is not there.
    init(folder: String, remotes: String?) throws {
        for path in [folder, remotes].compactMap(\.self) where !Self.isFolder(path) {
            throw CannotStart("There is no folder \(path).")
        }
        self.folder = folder
        self.remotes = remotes
    }

    /// Runs every file below the folder, names each failure, and counts; whether nothing failed.
    consuming func run() throws -> Bool {
        let paths = try files()
        guard !paths.isEmpty else { throw CannotStart("There is no .json file below the folder \(folder).") }
        for path in paths { run(path) }
        print("\(passed) passed, \(failed) failed")
        return failed == 0
    }

    /// Those of tests; the remote documents may lie below the same folder.
    private func files() throws -> [String] {
        let remotes = remotes.map { Self.standardized($0) + "/" }
        return try FileManager.default.subpathsOfDirectory(atPath: Self.standardized(folder)).sorted().filter { path in
            guard path.hasSuffix(".json"), !Self.isFolder("\(folder)/\(path)") else { return false }
            return remotes.map { !Self.standardized("\(folder)/\(path)").hasPrefix($0) } ?? true
        }
    }

    private mutating func run(_ path: String) {
        // Formats only describe, but where a folder is about them.
        let isAboutFormats = Self.standardized("\(folder)/\(path)").split(separator: "/").dropLast().contains("format")
        do {
            guard let groups = try SchemaFiles.json("\(folder)/\(path)").arrayValue else {
                return fail("\(path) is not a list of groups of tests.")
            }
            for group in groups { run(group, in: path, assertsFormats: isAboutFormats) }
        } catch {
            fail("\(error)")
        }
    }

    private mutating func run(_ group: JSONValue, in path: String, assertsFormats: Bool) {
        let title = "\(path): \(group["description"]?.stringValue ?? "a group without a description")"
        guard let document = group["schema"], let tests = group["tests"]?.arrayValue else {
            return fail("\(title): it has no `schema` or no list of `tests`.")
        }
        var options = SchemaOptions.specification
        if assertsFormats { options.formats = .asserted }
        options.documents = { [remotes] in Self.document($0, in: remotes) }
        do {
            let schema = try Schema(document, options: options)
            for test in tests { run(test, by: schema, title) }
        } catch {
            let problems = error.problems.map { ErrorLine($0).description }.joined(separator: " ")
            fail("\(title): the schema is refused. \(problems)", count: max(tests.count, 1))
        }
    }

    private mutating func run(_ test: JSONValue, by schema: Schema, _ title: String) {
        let title = "\(title): \(test["description"]?.stringValue ?? "a test without a description")"
        guard let data = test["data"], let isValid = test["valid"]?.boolValue else {
            return fail("\(title): it has no `data`, or not whether that is `valid`.")
        }
        let errors = schema.validate(data)
        guard errors.isEmpty != isValid else { return passed += 1 }
        fail("\(title): \(errors.first.map { ErrorLine($0).description } ?? "nothing is wrong")")
    }

    private mutating func fail(_ line: String, count: Int = 1) {
        failed += count
        print(line)
    }

    private static func document(_ uri: String, in remotes: String?) -> JSONValue? {
        let server = "http://localhost:1234/"
        guard let remotes, uri.hasPrefix(server) else { return nil }
        return try? SchemaFiles.json("\(remotes)/\(uri.dropFirst(server.count))")
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// Absolute, without `.`, `..` and links.
    private static func standardized(_ path: String) -> String {
        let path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
