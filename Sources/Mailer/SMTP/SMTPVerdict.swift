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
            return Delivery(
                .misconfigured, text: "the server offers no way to log in that we know, and we have user and password")
        }
        if let reply = dialogue.reply, reply.code >= 400 {
            let verdict = verdict(reply, at: dialogue, isNewConnection: isNewConnection)
            return Delivery(verdict, code: reply.code, text: reply.text)
        }
        return Delivery(verdict(code), text: explanation)
    }

    private static func verdict(
        _ reply: SMTPReply, at dialogue: SMTPDialogue, isNewConnection: Bool
    ) -> Delivery.Verdict {
        // Authentication required, too weak, wrong, or only with TLS (RFC 4954 §6).
        guard ![530, 534, 535, 538].contains(reply.code) else { return .misconfigured }
        let isTemporary = reply.code < 500
        switch dialogue.stage {
        case .start where isNewConnection, .hello: return isTemporary ? .unreachable : .misconfigured
        case .session where dialogue.needsAuthentication && !dialogue.isAuthenticated:
            return isTemporary ? .unreachable : .misconfigured
        case .start, .session: return isTemporary ? .delayed : atSender(reply)
        case .recipient, .data, .message, .over: return isTemporary ? .delayed : atRecipient(reply)
        }
    }

    /// The sender is the same in every mail; only a mail's size is its own (RFC 1870, RFC 3463 §3.4).
    private static func atSender(_ reply: SMTPReply) -> Delivery.Verdict {
        let isAboutSize = reply.code == 552 || reply.enhancedStatus == [5, 3, 4] || reply.enhancedStatus == [5, 2, 3]
        return isAboutSize ? .refused : .misconfigured
    }

    private static func atRecipient(_ reply: SMTPReply) -> Delivery.Verdict {
        reply.enhancedStatus?[1] == 7 ? .refusedByPolicy : .refused
    }

    private static func verdict(_ code: CURLcode) -> Delivery.Verdict {
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: .interrupted
        // No TLS, a certificate that is not trusted, a CA file that cannot be read, a login that fails.
        case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR:
            .misconfigured
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT: .misconfigured
        default: .unreachable
        }
    }
}
