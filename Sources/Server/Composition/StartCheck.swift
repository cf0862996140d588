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
    func run() async throws -> Passed {
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
            let problems = await machineProblems(settings)
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
    private func machineProblems(_ settings: Settings) async -> [String] {
        var problems: [String] = []
        func attempt(_ body: () async throws -> Void) async -> Bool {
            do {
                try await body()
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
            if await attempt({ try inspect(folder, settings.storage, isServing) }), !draft.wrong.contains(.databaseUrl)
            {
                _ = await attempt { try await inspection(settings.storage).run() }
            }
        }
        if !isServing, draft.wrong.isDisjoint(with: [.host, .port]) {
            _ = await attempt { try ListenPlace(host: settings.listen.host, port: settings.listen.port).attempt() }
        }
        return problems
    }

    private func inspect(_ folder: DataFolder, _ storage: Settings.Storage, _ isServing: Bool) throws(CannotStart) {
        guard folder.isThere else { return try folder.inspectParent() }
        try folder.inspect()
        if isServing, wantsToServe { throw CannotStart(ServeLock.isHeldSentence(folder.path)) }
        if let lack = storage.lackOfRoom() { throw CannotStart(lack) }
    }

    private func inspection(_ storage: Settings.Storage) -> DatabaseInspection {
        DatabaseInspection(
            storage: storage, migrations: Installation.migrations(surroundings.plugins),
            hasMasterKey: !draft.wrong.contains(.masterKey))
    }
}
