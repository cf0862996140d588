package import Cryptography

/// The server that mails are handed to.
package struct SMTPServer: Sendable, Equatable {
    package enum Security: String, Sendable {
        /// `smtps://`: TLS from the first byte.
        case tls
        /// STARTTLS, and no mail without it.
        case startTLSRequired
        /// STARTTLS if the server offers it.
        case startTLSOptional
    }

    package struct Credentials: Sendable, Equatable {
        package let user: String
        package let password: Secret
    }

    /// IPv6 in brackets.
    package let host: String
    package let port: Int
    package let security: Security
    package let credentials: Credentials?

    /// Reads `smtp://user:password@host:587` or `smtps://…:465` (those are the ports by default), user and password
    /// percent-encoded. `?starttls=required` or `optional` decides; else it is optional on this machine only.
    init(parsing text: String) throws(WrongValue) {
        let parts: URLParts
        do {
            parts = try URLParts(text)
        } catch {
            throw WrongValue("\(error.message) \(Self.advice)")
        }
        guard parts.path.isEmpty || parts.path == "/" else {
            throw WrongValue("has a `/` after the host. \(Self.advice)")
        }
        let startTLS = try Self.startTLS(parts.query)
        switch (parts.scheme, startTLS) {
        case ("smtps", nil): security = .tls
        case ("smtps", _): throw WrongValue("has `starttls`, which smtps:// does not use. Leave it out.")
        case ("smtp", let asked):
            security = asked ?? (HostName.isLoopback(parts.host) ? .startTLSOptional : .startTLSRequired)
        default: throw WrongValue("must begin with smtp:// or smtps://.")
        }
        host = parts.host
        port = parts.port ?? (security == .tls ? 465 : 587)
        credentials = try parts.userInfo.map(Self.credentials)
    }

    private static let advice =
        "Write it like smtp://user:password@host:587, with `@ : / ? # %` in user and password percent-encoded."

    private static func startTLS(_ query: String?) throws(WrongValue) -> Security? {
        switch query {
        case nil: nil
        case "starttls=required": .startTLSRequired
        case "starttls=optional": .startTLSOptional
        default:
            throw WrongValue("has an unknown option. There are ?starttls=required and ?starttls=optional. \(advice)")
        }
    }

    private static func credentials(_ userInfo: String) throws(WrongValue) -> Credentials {
        let parts = userInfo.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !userInfo.contains("@") else {
            throw WrongValue("does not have one user and one password. \(advice)")
        }
        guard let user = PercentEncoding.decode(parts[0]), let password = PercentEncoding.decode(parts[1]),
            !user.isEmpty, !password.isEmpty, user.isOneLine, password.isOneLine
        else { throw WrongValue("has a wrong user or password: empty, or not percent-encoded. \(advice)") }
        return Credentials(user: user, password: Secret(password))
    }
}
