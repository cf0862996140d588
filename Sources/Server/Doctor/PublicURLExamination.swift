import CCurl
import JSON

/// Whether the address that users are given leads here.
struct PublicURLExamination {
    let url: PublicURL
    let isServing: Bool
    /// The ids of this installation's signing keys, by which it is known.
    let keyIDs: [String]

    func findings() -> [Finding] {
        guard isServing else {
            return [
                .warning("public URL", "no server runs, so \(url) was not tried", "Start the server, and try again.")
            ]
        }
        switch WebProbe(url: url.appending("/healthz")).get() {
        case .failure(let code, let words): return [.problem("public URL", "\(url): \(words)", advice(code))]
        case .answer(let status, let body): return [finding(status, body)]
        }
    }

    private func finding(_ status: Int, _ body: [UInt8]) -> Finding {
        guard status == 200 else {
            return .problem("public URL", "\(url) answers with \(status)", advice(status))
        }
        guard (try? JSONValue(parsing: body))?["status"] == "ok", let published = publishedKeyIDs() else {
            return .problem(
                "public URL", "\(url) leads to another program",
                "Let its name, or the reverse proxy, lead to this server; or correct USHER_PUBLIC_URL.")
        }
        guard !published.isDisjoint(with: keyIDs) else {
            return .problem(
                "public URL", "\(url) leads to another Usher, with other keys",
                "Let it lead to this one; or use that one's data folder (--data).")
        }
        return .ok("public URL", "\(url) leads to this server")
    }

    private func publishedKeyIDs() -> Set<String>? {
        guard case .answer(200, let body) = WebProbe(url: url.appending("/.well-known/jwks.json")).get(),
            let keys = (try? JSONValue(parsing: body))?["keys"]?.arrayValue
        else { return nil }
        return Set(keys.compactMap { $0["kid"]?.stringValue })
    }

    private func advice(_ code: CURLcode) -> String {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: "There is no such name for this machine: correct the DNS, or USHER_PUBLIC_URL."
        case CURLE_COULDNT_CONNECT: "Nothing answers there: start the reverse proxy, or correct USHER_PUBLIC_URL."
        case CURLE_OPERATION_TIMEDOUT: "Nothing answers there in time: look at firewalls, and at the reverse proxy."
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            "The certificate is over, for another name, or from an authority that this machine does not trust. "
                + "For one of your own: /usr/local/share/ca-certificates and update-ca-certificates."
        case CURLE_SSL_CONNECT_ERROR: "What answers there speaks no TLS that we know: look at the reverse proxy."
        default: "Look at the reverse proxy, and at USHER_PUBLIC_URL."
        }
    }

    private func advice(_ status: Int) -> String {
        switch status {
        case 300..<400: "It sends clients elsewhere: USHER_PUBLIC_URL must be where they end up."
        case 421: "The reverse proxy must pass on the `Host` that it was asked for."
        case 502, 503, 504:
            "The reverse proxy does not reach this server: compare its target with USHER_HOST and USHER_PORT."
        default: "Another program answers there, or the reverse proxy refuses: look at its log."
        }
    }
}
