import JSON
import Mailer

/// What came of a running server's last reload: a file in its data folder, for `usher reload` to read.
struct ReloadReport: Codable, Equatable {
    /// Where the log and the audit have it.
    let requestId: String
    /// When it began, in nanoseconds since the machine's start: no clock that somebody may set.
    let begun: Int64
    /// What was taken up, by kind of file.
    let changes: [String]
    /// Why nothing was taken up; empty when it was.
    let problems: [String]

    private static func path(_ folder: String) -> String { folder + "/reload.json" }

    /// The report in a data folder; nil when there was no reload yet.
    init?(in folder: String) {
        guard let bytes = try? SystemFiles.read(Self.path(folder)),
            let report = try? JSONValue(parsing: bytes).decode(Self.self)
        else { return nil }
        self = report
    }

    init(requestId: String, begun: Int64, changes: [String] = [], problems: [String] = []) {
        self.requestId = requestId
        self.begun = begun
        self.changes = changes
        self.problems = problems
    }

    func write(to folder: String) throws {
        try AtomicFile.write(JSONValue(encoding: self).serialized(), to: Self.path(folder), makingFolder: folder)
    }
}
