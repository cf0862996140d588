import ArgumentParser
import JSON
import JSONSchema

/// `usher validate`: checks documents against a JSON Schema, or runs a suite of tests in the official form.
struct ValidateVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check JSON documents against a JSON Schema (draft 2020-12).",
        usage: """
            usher validate <schema> [<instance> ...]
            usher validate --parse <file> ...
            usher validate --suite <folder> [--remotes <folder>]
            """,
        discussion: """
            usher validate order.schema.json order.json     says all that is wrong with order.json
            usher validate order.schema.json                only checks the schema
            usher validate --parse order.json               only checks that it is JSON

            It ends with 0 when nothing is wrong, and with 1 when something is. Nothing is fetched: a schema that refers \
            to other documents finds files beside it.
            """)

    @Argument(help: "The schema and the instances; `-` is standard input.")
    var files: [String] = []

    @Flag(help: "Only parse the files.")
    var parse = false

    @Flag(help: "Refuse keywords and formats that are not known, as Usher does in its own schemas.")
    var strict = false

    @Flag(inversion: .prefixedNo, help: "Check `format`; otherwise it only describes.")
    var formats = true

    @Option(
        help: ArgumentHelp(
            "Run every .json file below a folder, in the form of the official suite.", valueName: "folder"))
    var suite: String?

    @Option(help: ArgumentHelp("Where http://localhost:1234/ of that suite is.", valueName: "folder"))
    var remotes: String?

    func validate() throws {
        guard suite == nil else {
            if !files.isEmpty || parse { throw ValidationError("--suite takes a folder and no files.") }
            return
        }
        if remotes != nil { throw ValidationError("--remotes belongs to --suite.") }
        if files.isEmpty { throw ValidationError("Give the file of a schema, and files to check.") }
    }

    func run(in surroundings: Surroundings) async throws {
        let isFine =
            if let suite {
                try SchemaSuiteRun(folder: suite, remotes: remotes).run()
            } else if parse {
                try parseAll()
            } else {
                try validateAll(in: surroundings)
            }
        if !isFine { throw ExitCode(1) }
    }

    private func parseAll() throws -> Bool {
        var isFine = true
        for file in files {
            let bytes = try SchemaFiles.read(file)
            do throws(JSONSyntaxError) {
                _ = try SchemaFiles.parse(bytes)
            } catch {
                print("\(file): \(error.message)")
                isFine = false
            }
        }
        return isFine
    }

    private func validateAll(in surroundings: Surroundings) throws -> Bool {
        var options = strict ? SchemaOptions.strict : .specification
        options.formats = formats ? .asserted : .byVocabulary
        options.documents = { SchemaFiles.document($0) }
        let place = "file://" + WorkingDirectory(path: surroundings.workingDirectory).resolve(files[0])
        let schema = try compile(try SchemaFiles.json(files[0]), place, options)
        var isFine = true
        for file in files.dropFirst() {
            let errors = schema.validate(try SchemaFiles.json(file))
            isFine = isFine && errors.isEmpty
            print(errors.isEmpty ? "\(file): valid" : "\(file): not valid")
            for error in errors { print("  \(error.pointer) \(error.keyword): \(error.message)") }
        }
        return isFine
    }

    private func compile(_ document: JSONValue, _ place: String, _ options: SchemaOptions) throws -> Schema {
        do throws(SchemaCompilationError) {
            return try Schema(document, id: place, options: options)
        } catch {
            let problems = error.problems.map { "\n  \($0.pointer): \($0.message)" }.joined()
            throw CannotStart("\(files[0]) is not a schema:\(problems)")
        }
    }
}
