import CCurl

/// What libcurl's code and the server's last reply mean together.
enum SMTPVerdict {
    /// The verdict on one mail; `explanation` is libcurl's words, for when the server said nothing.
    static func delivery(
        _ code: CURLcode, dialogue: SMTPDialogue, explanation: String, isNewConnection: Bool
    ) -> Delivery {
        if dialogue.stage == .over, let reply = dialogue.reply, reply.isPositive {
            // Whatever libcurl thinks: after 252 it fails with 8, and a second mail would go out.
            return Delivery(.sent, code: reply.code, text: reply.text)
        }
        if dialogue.lacksAuthentication {
            return noLogIn
        }
        if let reply = dialogue.reply, reply.code >= 400, code == CURLE_USE_SSL_FAILED {
            // Whatever it says to STARTTLS, there is no TLS, and that is about every mail.
            return Delivery(.misconfigured, code: reply.code, text: reply.text, trouble: .insecure)
        }
        if let reply = dialogue.reply, reply.code >= 400 {
            let (verdict, trouble) = verdict(reply, at: dialogue, isNewConnection: isNewConnection)
            return Delivery(verdict, code: reply.code, text: reply.text, trouble: trouble)
        }
        let (verdict, trouble) = verdict(code)
        return Delivery(verdict, text: explanation, trouble: trouble)
    }

    /// libcurl goes on without logging in when it finds no way to.
    static let noLogIn = Delivery(
        .misconfigured, text: "the server offers no way to log in that we know, and we have user and password",
        trouble: .login)

    private typealias Judgement = (verdict: Delivery.Verdict, trouble: MailTrouble?)

    private static func verdict(
        _ reply: SMTPReply, at dialogue: SMTPDialogue, isNewConnection: Bool
    ) -> Judgement {
        // Authentication required, too weak, wrong, or only with TLS (RFC 4954 §6).
        guard ![530, 534, 535, 538].contains(reply.code) else { return (.misconfigured, .login) }
        let isTemporary = reply.code < 500
        switch dialogue.stage {
        case .start where isNewConnection, .hello:
            return isTemporary ? (.unreachable, .busy) : (.misconfigured, .sender)
        case .session where dialogue.needsAuthentication && !dialogue.isAuthenticated:
            return isTemporary ? (.unreachable, .busy) : (.misconfigured, .login)
        case .start, .session: return isTemporary ? (.delayed, nil) : atSender(reply)
        case .recipient, .data, .message, .over: return isTemporary ? (.delayed, nil) : atRecipient(reply)
        }
    }

    /// The sender is the same in every mail; only a mail's size is its own (RFC 1870, RFC 3463 §3.4).
    private static func atSender(_ reply: SMTPReply) -> Judgement {
        let isAboutSize = reply.code == 552 || reply.enhancedStatus == [5, 3, 4] || reply.enhancedStatus == [5, 2, 3]
        return isAboutSize ? (.refused, nil) : (.misconfigured, .sender)
    }

    private static func atRecipient(_ reply: SMTPReply) -> Judgement {
        reply.enhancedStatus?[1] == 7 ? (.refusedByPolicy, .policy) : (.refused, nil)
    }

    private static func verdict(_ code: CURLcode) -> Judgement {
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: (.interrupted, nil)
        // No TLS, a certificate that is not trusted, a CA file that cannot be read.
        case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            (.misconfigured, .insecure)
        case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: (.misconfigured, .login)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT:
            (.misconfigured, .local)
        default: (.unreachable, .unreachable)
        }
    }
}
