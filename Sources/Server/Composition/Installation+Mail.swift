import Commands
import Mailer

extension Installation {
    /// What sends the mails of the outbox, by SMTP or into files.
    func mailWorker(_ templates: CurrentTemplates) -> OutboxWorker {
        OutboxWorker(
            database: database, outbox: outbox,
            content: DomainMailContent(templates: templates, services: services),
            maximumLanes: maximumLanes, sender: settings.mail.from, clock: clock, random: random,
            node: node, retention: settings.retention.mails, logger: logs.logger("mail"), metrics: metrics,
            makeTransport: mailTransport)
    }

    /// A folder is quick, and whoever looks into it likes the order.
    private var maximumLanes: Int {
        switch settings.mail.transport {
        case .folder: 1
        case .smtp: 8
        }
    }

    /// What carries mails, by SMTP or into files; a new one each time, with a connection of its own.
    @Sendable func mailTransport() -> any MailTransport {
        switch settings.mail.transport {
        case .folder(let path): FileTransport(folder: path, logger: logs.logger("mail"))
        case .smtp(let server, let caFile): SMTPTransport(SMTPSettings(server, caFile: caFile, for: settings))
        }
    }
}

extension SMTPSettings {
    init(_ server: SMTPServer, caFile: String?, for settings: Settings) {
        self.init(
            host: server.host.filter { !"[]".contains($0) }, port: server.port, security: .init(server.security),
            credentials: server.credentials.map { .init(user: $0.user, password: $0.password) }, caFile: caFile,
            clientName: settings.web.publicURL.origin.host)
    }
}

extension SMTPSettings.Security {
    fileprivate init(_ security: SMTPServer.Security) {
        self =
            switch security {
            case .tls: .implicit
            case .startTLSRequired: .startTLS
            case .startTLSOptional: .startTLSIfOffered
            }
    }
}
