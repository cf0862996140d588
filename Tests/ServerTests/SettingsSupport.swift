import Server
import Testing

/// Settings out of dictionaries: no test here touches the machine's files or environment.
func load(
    _ environment: [String: String] = [:], flags: Settings.Flags = .init(), files: [String: String] = [:]
) throws(SettingsProblems) -> Settings {
    try Settings.load(flags: flags, environment: environment, workingDirectory: "/srv/usher") {
        path throws(FileProblem) in
        guard let text = files[path] else { throw .missing }
        guard text != "unreadable" else { throw .unreadable(reason: "permission denied") }
        return Array(text.utf8)
    }
}

/// What is wrong with settings that must be refused.
func problems(
    _ environment: [String: String] = [:], flags: Settings.Flags = .init(), files: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
    do {
        _ = try load(environment, flags: flags, files: files)
        Issue.record("these settings were accepted", sourceLocation: sourceLocation)
        return []
    } catch {
        return error.problems
    }
}
