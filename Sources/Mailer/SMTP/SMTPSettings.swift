package import Cryptography

/// How to reach the server that takes our mails.
package struct SMTPSettings: Sendable {
    package enum Security: Sendable, Hashable {
        /// TLS from the first byte (`smtps://`, RFC 8314 §3.3).
        case implicit
        /// STARTTLS, or no mail.
        case startTLS
        /// STARTTLS if the server offers it, which whoever sits between can prevent.
        case startTLSIfOffered
    }

    package struct Credentials: Sendable {
        package let user: String
        package let password: Secret

        package init(user: String, password: Secret) {
            self.user = user
            self.password = password
        }
    }

    package var host: String
    package var port: Int
    package var security: Security
    package var credentials: Credentials?
    /// A PEM file with the authorities to trust, in place of the system's.
    package var caFile: String?
    /// What we call ourselves in EHLO: a host name (RFC 5321 §4.1.1.1).
    package var clientName: String
    /// How long the connection may take, and how long the whole mail.
    package var connectTimeout: Duration = .seconds(10)
    package var timeout: Duration = .seconds(90)

    package init(
        host: String, port: Int, security: Security, credentials: Credentials? = nil, caFile: String? = nil,
        clientName: String = "localhost"
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.caFile = caFile
        self.clientName = clientName
    }
}

extension SMTPSettings: CustomStringConvertible {
    /// The server as a URL, without user and password.
    package var description: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(security == .implicit ? "smtps" : "smtp")://\(host):\(port)"
    }
}
