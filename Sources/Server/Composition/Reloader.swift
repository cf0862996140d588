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
        let (logger, id) = (installation.logger, RequestID.make(installation.random))
        let differences: [OperatorFiles.Difference]
        do {
            let new = try OperatorFiles(installation.settings) { documents }
            let registry = try installation.registry(new.overlay)
            differences = new.differences(from: files)
            installation.engine.replaceRegistry(with: registry)
            templates.replace(with: new.templates)
            files = new
        } catch {
            logger.error(
                "not reloaded: overlay and mail templates stay as they were",
                metadata: ["problems": "\(Self.text(of: error))", "requestId": "\(id)"])
            return
        }
        let changed = differences.map { "\($0.kind): \($0.names.joined(separator: ", "))" }
        logger.info(
            "reloaded overlay and mail templates",
            metadata: [
                "changed": "\(changed.isEmpty ? "nothing" : changed.joined(separator: "; "))", "requestId": "\(id)",
            ])
        if !differences.isEmpty { await record(differences, id) }
    }

    private func record(_ differences: [OperatorFiles.Difference], _ id: String) async {
        do {
            let now = installation.clock.now()
            try await installation.database.write { tx in
                for difference in differences {
                    tx.changed(
                        Change.Subject(difference.kind, 1), from: .object(difference.old), to: .object(difference.new))
                }
                try AuditLog.append(bySystem: "reload", id: id, at: now, in: tx)
            }
        } catch {
            installation.logger.warning(
                "the reload is not in the audit", metadata: ["cause": "\(error)", "requestId": "\(id)"])
        }
    }

    /// On one line.
    private static func text(of error: any Error) -> String {
        guard let problems = error as? StartProblems else { return "\(error)".replacing("\n", with: " ") }
        return problems.lists.map { "\($0.heading): \($0.lines.joined(separator: "; "))" }.joined(separator: ". ")
    }
}
