/// Why a text is no URL of an SMTP server.
package enum SMTPSettingsError: Error, Sendable, Hashable {
    case badScheme
    case badHost
    case badPort
    /// A user without a password.
    case noPassword
    case badPercentEncoding
    /// Something after the host that is not `?starttls=required` or `?starttls=optional`.
    case unknownOption
}

extension SMTPSettingsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badScheme: "The URL begins with smtp:// or smtps://."
        case .badHost: "The URL's host is no host name or IP address."
        case .badPort: "The URL's port is a number from 1 to 65535."
        case .noPassword: "The URL has a user and no password: smtp://user:password@host."
        case .badPercentEncoding:
            "The URL's user or password is not percent-encoded: write @ as %40, : as %3A, / as %2F, % as %25."
        case .unknownOption:
            "Nothing may follow the URL's host and port but ?starttls=required or ?starttls=optional, with smtp:// only. "
                + "(A /, ? or # in the password is written %2F, %3F, %23.)"
        }
    }
}
