/// Why no mail gets through, as a class of its own: fit to be shown to everybody, unlike a server's own words.
package enum MailTrouble: String, Sendable, Hashable, CaseIterable {
    /// No connection, or one that broke off.
    case unreachable
    /// The server is there and puts everybody off: too many connections, a log-in that does not work now.
    case busy
    /// No TLS where it is demanded, or a certificate that is not trusted.
    case insecure
    /// The log-in is missing, wrong, or not offered (RFC 4954 §6).
    case login
    /// The server refuses our sender address, or us.
    case sender
    /// Several domains in a row refused for reasons of policy (`5.7.x`).
    case policy
    /// Nothing could even be tried: a folder that cannot be written, a setting that libcurl refuses.
    case local

    /// What is wrong, in a sentence; `code` is the server's reply code.
    package func sentence(code: Int?) -> String {
        let what =
            switch self {
            case .unreachable: "The mail server cannot be reached, or breaks off."
            case .busy: "The mail server takes no mail for now."
            case .insecure: "The connection to the mail server cannot be made secure by TLS."
            case .login: "The mail server does not let this server log in."
            case .sender: "The mail server refuses this server, or the address that its mails come from."
            case .policy: "The mail server refuses mails for several domains for reasons of policy."
            case .local: "Mails cannot be handed over; the log says why."
            }
        return code.map { "\(what) It answered \($0)." } ?? what
    }
}
