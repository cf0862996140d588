import Commands
import Cryptography
import Engine
import Mailer
import Storage

/// Looks for everything that keeps the server from starting, all at once, and changes nothing.
struct StartCheck {
    /// What a start needs, when nothing is in its way.
    struct Passed {
        let settings: Settings
        let files: OperatorFiles
        /// Is a server running on the data folder?
        let isServing: Bool
    }

    let draft: SettingsDraft
    let surroundings: Surroundings
    /// Whether a server that runs on the folder is in the way, as it is for another one.
    let wantsToServe: Bool

    /// - Throws: ``StartProblems``
    func run() throws -> Passed {
        var lists: [ProblemList] = []
        var wrongSettings = draft.problems
        var files: OperatorFiles?
        if let settings = draft.settings {
            if let problem = caFileProblem(settings) { wrongSettings.append(problem) }
            do {
                files = try OperatorFiles(settings, surroundings.documents)
            } catch let problems as StartProblems {
                lists += problems.lists
            }
            let problems = machineProblems(settings)
            if !problems.isEmpty { lists.append(ProblemList("The server cannot run here", problems, exitCode: 1)) }
        }
        if !wrongSettings.isEmpty { lists.insert(Self.list(wrongSettings), at: 0) }
        guard lists.isEmpty, let settings = draft.settings, let files else { throw StartProblems(lists: lists) }
        return Passed(settings: settings, files: files, isServing: ServeLock.isHeld(settings.storage.folder))
    }

    private static func list(_ problems: [String]) -> ProblemList {
        ProblemList("The settings are not right", problems, exitCode: 78)
    }

    /// libcurl takes a file without a certificate, and then trusts nobody.
    private func caFileProblem(_ settings: Settings) -> String? {
        guard case .smtp(_, let path?) = settings.mail.transport else { return nil }
        let advice = "It must have the certificates to trust, in PEM (\"-----BEGIN CERTIFICATE-----\")."
        do {
            let count = try CertificateFile.count(inPEM: SystemFiles.read(path))
            return count > 0 ? nil : "USHER_SMTP_CA_FILE: \(path.inQuotes) holds no certificate. \(advice)"
        } catch let problem as FileProblem {
            return "USHER_SMTP_CA_FILE: \(path.inQuotes) \(problem)."
        } catch {
            return "USHER_SMTP_CA_FILE: \(path.inQuotes) has a certificate that cannot be read. \(advice)"
        }
    }

    /// Everything but files of the operator; what hangs on a wrong setting is left out.
    private func machineProblems(_ settings: Settings) -> [String] {
        var problems: [String] = []
        func attempt(_ body: () throws -> Void) -> Bool {
            do {
                try body()
                return true
            } catch {
                problems.append("\(error)")
                return false
            }
        }
        let folder = DataFolder(path: settings.storage.folder)
        var isServing = false
        if !draft.wrong.contains(.dataDir) {
            isServing = ServeLock.isHeld(folder.path)
            if attempt({ try inspect(folder, settings.storage, isServing) }), !draft.wrong.contains(.databaseUrl) {
                _ = attempt { try inspectDatabase(settings.storage) }
            }
        }
        if !isServing, draft.wrong.isDisjoint(with: [.host, .port]) {
            _ = attempt { try ListenPlace(host: settings.listen.host, port: settings.listen.port).attempt() }
        }
        return problems
    }

    private func inspect(_ folder: DataFolder, _ storage: Settings.Storage, _ isServing: Bool) throws(CannotStart) {
        guard folder.isThere else { return try folder.inspectParent() }
        try folder.inspect()
        if isServing, wantsToServe { throw CannotStart(ServeLock.isHeldSentence(folder.path)) }
        if let lack = storage.lackOfRoom() { throw CannotStart(lack) }
    }

    /// The database, where there is one, must be of no newer version, and the master key must open its keys.
    private func inspectDatabase(_ storage: Settings.Storage) throws {
        guard case .sqlite(let path) = storage.database else { return }
        try storage.checkThatDatabaseWasNotEmptied()
        guard DatabaseLook.isThere(path) else {
            try DatabaseLook.checkFolder(of: path, exempt: storage.folder)
            return try inspectKey(storage.masterKey, nil)
        }
        let look = try DatabaseLook(path: path)
        try look.checkVersion(Installation.migrations(surroundings.plugins))
        try inspectKey(storage.masterKey, look)
    }

    private func inspectKey(_ source: MasterKeySource, _ look: DatabaseLook?) throws {
        guard !draft.wrong.contains(.masterKey) else { return }
        let hasKeys = try look.map { try $0.has(table: "keys") && !$0.read(KeyRing.isMissing) } ?? false
        let bytes: SecretBytes
        switch source {
        case .given(let given): bytes = given
        case .file(let path):
            let file = MasterKeyFile(path: path)
            // The first start makes it.
            guard file.isThere || hasKeys else { return }
            bytes = try file.look()
        }
        let key = try MasterKey(bytes)
        if hasKeys { try look?.read { tx in try KeyRing.check(key, in: tx) } }
    }
}
