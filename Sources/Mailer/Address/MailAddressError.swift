/// Why a text is no address that mail can be sent to.
package enum MailAddressError: Error, Sendable, Hashable {
    case noAt
    /// Empty, over 64 bytes, or with a character that a local part must not have unquoted.
    case badLocalPart
    /// The part before the `@` is not ASCII.
    case localPartNotASCII
    case badDomain
    /// Over 254 bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    case tooLong
}

extension MailAddressError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAt: "An e-mail address has an @."
        case .badLocalPart: "The part before the @ is empty, too long, or has a character that cannot stand there."
        case .localPartNotASCII: "The part before the @ must be of ASCII characters."
        case .badDomain: "The part after the @ is not a domain name."
        case .tooLong: "The e-mail address is longer than 254 characters."
        }
    }
}
