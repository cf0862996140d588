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

    @Argument(help: "The schema and the instances; `-` is standard input.", completion: .file())
    var files: [String] = []

    @Flag(help: "Only parse the files.")
    var parse = false

    @Flag(help: "Refuse keywords and formats that are not known, as Usher does in its own schemas.")
    var strict = false

    @Flag(inversion: .prefixedNo, help: "Check `format`; otherwise it only describes.")
    var formats = true

    @Option(
        help: ArgumentHelp(
            "Run every .json file below a folder, in the form of the official suite.", valueName: "folder"),
        completion: .directory)
    var suite: String?

    @Option(
        help: ArgumentHelp("Where http://localhost:1234/ of that suite is.", valueName: "folder"),
        completion: .directory)
    var remotes: String?

    func validate() throws {
        if suite != nil {
            if !files.isEmpty || parse { throw ValidationError("--suite takes a folder and no files.") }
        } else {
            if remotes != nil { throw ValidationError("--remotes belongs to --suite.") }
            if files.isEmpty { throw ValidationError("Give the file of a schema, and files to check.") }
        }
        if suite != nil || parse, strict || !formats {
            throw ValidationError("--strict and --no-formats say how a schema is read; give one, and files to check.")
        }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input (`-`) can be read once.") }
    }

    func run(in surroundings: Surroundings) async throws {
        let isFine =
            if let suite {
                try SchemaSuiteRun(folder: suite, remotes: remotes).run()
            } else if parse {
                all(files, parse)
            } else {
                try validateAll(in: surroundings)
            }
        if !isFine { throw ExitCode(1) }
    }

    /// Whether `check` finds nothing wrong with any of the files; those that cannot be read are told, and the rest is
    /// checked all the same.
    private func all(_ files: some Sequence<String>, _ check: (_ path: String) throws(CannotStart) -> Bool) -> Bool {
        var isFine = true
        for file in files {
            do {
                isFine = try check(file) && isFine
            } catch {
                StandardError.show("usher: \(error)")
                isFine = false
            }
        }
        return isFine
    }

    private func parse(_ path: String) throws(CannotStart) -> Bool {
        let bytes = try SchemaFiles.read(path)
        do {
            _ = try SchemaFiles.parse(bytes)
            return true
        } catch {
            print("\(path): \(error.message)")
            return false
        }
    }

    private func validateAll(in surroundings: Surroundings) throws -> Bool {
        let neighbours = NeighbouringFiles()
        var options = strict ? SchemaOptions.strict : .specification
        options.formats = formats ? .asserted : .byVocabulary
        options.documents = { neighbours.document($0) }
        let place = NeighbouringFiles.uri(WorkingDirectory(path: surroundings.workingDirectory).resolve(files[0]))
        let schema: Schema
        do {
            schema = try Schema(try SchemaFiles.json(files[0]), id: place, options: options)
        } catch let error as SchemaCompilationError {
            let problems = error.problems.map { "\n  \(ErrorLine($0))" } + neighbours.problems.map { "\n  \($0)" }
            throw CannotStart("\(files[0]) is not a schema:\(problems.joined())")
        }
        return all(files.dropFirst()) { path throws(CannotStart) in
            let errors = schema.validate(try SchemaFiles.json(path))
            print(errors.isEmpty ? "\(path): valid" : "\(path): not valid")
            for error in errors { print("  \(ErrorLine(error))") }
            if errors.count == Schema.maximumErrors {
                print("  There may be more; these are the first \(errors.count).")
            }
            return errors.isEmpty
        }
    }
}
