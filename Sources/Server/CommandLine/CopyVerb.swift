import ArgumentParser

/// `usher copy`: moves an installation from SQLite to PostgreSQL, or back.
struct CopyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy everything into another, empty database: from SQLite to PostgreSQL, or back.",
        discussion: """
            usher copy --to postgres://usher@db.example.com/usher
            usher copy --from postgres://usher@db.example.com/usher --to sqlite:/var/lib/usher/usher.db

            Stop every server first. The source stays as it is; the target must be empty. All is copied, or nothing: a copy \
            that was broken off is simply begun again.

            The one that is left out is that of the settings (USHER_DATABASE_URL). Give passwords there, in PGPASSWORD or in \
            ~/.pgpass: what stands on a command line is seen by everybody on the machine.
            """)

    @Option(help: ArgumentHelp("What to copy: sqlite:<path> or postgres://…", valueName: "url"))
    var from: String?

    @Option(help: ArgumentHelp("The empty database to copy it into.", valueName: "url"))
    var to: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        if from == nil, to == nil { throw ValidationError("Give --from, --to, or both.") }
    }

    func run(in surroundings: Surroundings) async throws {
        let storage = try options.settings(in: surroundings).storage
        let directory = WorkingDirectory(path: surroundings.workingDirectory)
        let copy = InstallationCopy(
            from: try location(from, "--from", directory) ?? storage.database,
            to: try location(to, "--to", directory) ?? storage.database, dataFolder: storage.folder,
            migrations: Installation.migrations(surroundings.plugins))
        let line = ProgressLine()
        defer { line.end() }
        let report = try await copy.run(line.show)
        line.end()
        for (name, rows) in report.tables {
            print(name + String(repeating: " ", count: max(1, 20 - name.count)) + "\(rows)")
        }
        guard !report.wasDone else {
            print("Nothing to do: \(copy.to) has all that is in \(copy.from) already.")
            return
        }
        print("\(copy.to) has all that is in \(copy.from): as many rows, and the same in each.")
        print("Next: set USHER_DATABASE_URL to it, and start the server. The master key stays what it is.")
    }

    private func location(_ text: String?, _ name: String, _ directory: WorkingDirectory) throws(ValidationError)
        -> DatabaseLocation?
    {
        guard let text else { return nil }
        do {
            return try DatabaseLocation(parsing: text, in: directory)
        } catch {
            // The value may have a password in it.
            throw ValidationError("\(name): the value \(error.message)")
        }
    }
}
