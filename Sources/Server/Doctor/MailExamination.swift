import Mailer

/// Whether the mail server lets this one in. No mail is sent.
struct MailExamination {
    let settings: Settings

    func findings() async -> [Finding] {
        switch settings.mail.transport {
        case .folder(let path):
            return [
                .warning(
                    "mail", "no mail server is set: each mail becomes a file in \(path)",
                    "Set USHER_SMTP_URL for real use.")
            ]
        case .smtp(let server, let caFile):
            var smtp = SMTPSettings(server, caFile: caFile, for: settings)
            smtp.timeout = .seconds(20)
            let transport = SMTPTransport(smtp)
            guard let refusal = await transport.logIn() else { return [.ok("mail", success(server, transport.place))] }
            let said = refusal.code.map { code in
                refusal.text.hasPrefix("\(code)") ? refusal.text : "\(code) \(refusal.text)"
            }
            return [.problem("mail", "\(transport.place): \(said ?? refusal.text)", advice(refusal.trouble))]
        }
    }

    private func success(_ server: SMTPServer, _ place: String) -> String {
        "\(place) answers\(server.credentials == nil ? "" : ", and lets us log in")"
    }

    private func advice(_ trouble: MailTrouble?) -> String {
        switch trouble {
        case .login: "Correct user and password in USHER_SMTP_URL (percent-encoded), or ask the server's owner."
        case .insecure:
            "The certificate must be for the name in USHER_SMTP_URL and from an authority that is trusted: "
                + "the system's, or those in USHER_SMTP_CA_FILE."
        case .unreachable, nil: "Correct host and port in USHER_SMTP_URL; look at firewalls in between."
        case .busy: "The server takes nothing for now. Try again later."
        case .sender, .policy: "Ask the server's owner to let this machine in."
        case .local: "Look at USHER_SMTP_URL and USHER_SMTP_CA_FILE."
        }
    }
}
