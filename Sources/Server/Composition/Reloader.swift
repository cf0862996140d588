import Commands
import Engine
import JSON
import Logging
import Mailer
import ServiceLifecycle
import Storage
import UnixSignals

/// Takes up overlay and mail templates again at each SIGHUP: both as they are now, or neither.
struct HangUps: Service {
    let signals: UnixSignalsSequence
    let reloader: Reloader

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() { await reloader.reload() }
    }
}

/// What is in use of an operator's files, and how it is replaced.
actor Reloader {
    private let installation: Installation
    private let templates: CurrentTemplates
    private let documents: [DescriptorDocument]
    private var files: OperatorFiles

    init(_ installation: Installation, _ templates: CurrentTemplates, _ files: OperatorFiles) throws {
        self.installation = installation
        self.templates = templates
        self.files = files
        documents = try installation.documents()
    }

    /// Requests and mails that have begun keep what they began with.
    func reload() async {
        let (begun, id) = (MachineTime.now(), RequestID.make(installation.random))
        do {
            let new = try OperatorFiles(installation.settings) { documents }
            let registry = try installation.registry(new.overlay)
            let differences = new.differences(from: files)
            installation.engine.replaceRegistry(with: registry)
            templates.replace(with: new.templates)
            files = new
            await tell(differences, id)
            report(ReloadReport(requestId: id, begun: begun, changes: differences.map(\.text)))
        } catch {
            let problems = Self.problems(of: error)
            await tell(problems, id)
            report(ReloadReport(requestId: id, begun: begun, problems: problems))
        }
    }

    /// Log and audit of what was taken up.
    private func tell(_ differences: [OperatorFiles.Difference], _ id: String) async {
        let changed = differences.isEmpty ? "nothing" : differences.map(\.text).joined(separator: "; ")
        installation.logger.info(
            "reloaded overlay and mail templates", metadata: ["changed": "\(changed)", "requestId": "\(id)"])
        guard !differences.isEmpty else { return }
        await record(id, nil) { tx in
            for difference in differences {
                tx.changed(
                    Change.Subject(difference.kind, 1), from: .object(difference.old), to: .object(difference.new))
            }
        }
    }

    /// Log and audit of why nothing was taken up.
    private func tell(_ problems: [String], _ id: String) async {
        installation.logger.error(
            "not reloaded: overlay and mail templates stay as they were",
            metadata: ["problems": "\(problems.joined(separator: "; "))", "requestId": "\(id)"])
        let refusal = CommandFailure(.invalidInput, "The operator's files are not right.")
        await record(id, refusal) { tx in
            tx.changed(Change.Subject("reload", 1), to: ["problems": .array(problems.map { .string($0) })])
        }
    }

    private func record(
        _ id: String, _ refusal: CommandFailure?, _ changes: @escaping @Sendable (Transaction) -> Void
    ) async {
        do {
            let now = installation.clock.now()
            try await installation.database.write { tx in
                changes(tx)
                try AuditLog.append(bySystem: "reload", refusal: refusal, id: id, at: now, in: tx)
            }
        } catch {
            installation.logger.warning(
                "the reload is not in the audit", metadata: ["cause": "\(error)", "requestId": "\(id)"])
        }
    }

    /// The last, so that whoever waits for it finds the rest.
    private func report(_ report: ReloadReport) {
        do {
            try report.write(to: installation.settings.storage.folder)
        } catch {
            installation.logger.warning(
                "`usher reload` cannot be told what came of it",
                metadata: ["cause": "\(error)", "requestId": "\(report.requestId)"])
        }
    }

    /// Each on one line.
    private static func problems(of error: any Error) -> [String] {
        switch error {
        case let problems as StartProblems: problems.lists.flatMap(\.lines)
        case let problems as RegistryProblems: problems.problems
        default: ["\(error)".replacing("\n", with: " ")]
        }
    }
}

extension OperatorFiles.Difference {
    /// What differs, in words.
    fileprivate var text: String { "\(kind): \(names.joined(separator: ", "))" }
}
