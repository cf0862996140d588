import CCurl
import Cryptography
import Storage

/// Hands mails to an SMTP server with libcurl (RFC 5321, STARTTLS by RFC 3207, AUTH by RFC 4954).
///
/// One easy handle with one connection, on a thread of its own: libcurl 7.88 would use a connection in clear for a mail
/// that demands TLS (CVE-2026-4873), so no two settings ever share one.
package actor SMTPTransport: MailTransport {
    package nonisolated let place: String

    private let settings: SMTPSettings
    private nonisolated let stop = InterruptFlag()
    private nonisolated let sockets = SMTPSockets()
    private let queue = BlockingQueue(label: "usher.mail.smtp")
    private var handle: CurlHandle?
    private var isAuthenticated = false

    package init(_ settings: SMTPSettings) {
        self.settings = settings
        place = settings.description
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe queue.asUnownedSerialExecutor() }

    package func deliver(_ message: MailMessage, label: String) async -> Delivery {
        do {
            let bytes = try message.bytes()
            let first = try attempt(message, bytes, fresh: false)
            // The server closed the connection while it was idle, which libcurl notices only now.
            guard first.isStale else { return first.delivery }
            return try attempt(message, bytes, fresh: true).delivery
        } catch let error as MessageError {
            return Delivery(.refused, text: error.description)
        } catch {
            return Delivery(.misconfigured, text: "\(error)")
        }
    }

    /// Connects, makes the connection secure, logs in as for a mail, and hangs up.
    ///
    /// - Returns: What keeps mails from going; nil when nothing does so far.
    package func logIn() async -> Delivery? {
        let dialogue = SMTPDialogue(needsAuthentication: settings.credentials != nil, isAuthenticated: false)
        let transfer = SMTPTransfer([], dialogue: dialogue, stop: stop)
        do {
            let handle = try makeHandle()
            try handle.set(transfer)
            try handle.set(CURLOPT_CONNECT_ONLY, 1)
            let code = withExtendedLifetime(transfer) { handle.perform() }
            let dialogue = transfer.dialogue
            guard code == CURLE_OK else {
                return SMTPVerdict.delivery(
                    code, dialogue: dialogue, explanation: handle.explanation(of: code), isNewConnection: true)
            }
            guard dialogue.needsAuthentication, !dialogue.isAuthenticated else { return nil }
            return SMTPVerdict.noLogIn
        } catch {
            return Delivery(.misconfigured, text: "\(error)")
        }
    }

    package nonisolated func interrupt() {
        stop.raise()
        sockets.shutDown()
    }

    package func close() async { handle = nil }

    private func attempt(
        _ message: MailMessage, _ bytes: [UInt8], fresh: Bool
    ) throws -> (delivery: Delivery, isStale: Bool) {
        let dialogue = SMTPDialogue(
            needsAuthentication: settings.credentials != nil, isAuthenticated: isAuthenticated)
        let transfer = SMTPTransfer(bytes, dialogue: dialogue, stop: stop)
        let handle = try readyHandle()
        guard let recipients = unsafe curl_slist_append(nil, message.to.address.text) else {
            return (Delivery(.unreachable, text: "no memory"), isStale: false)
        }
        defer { unsafe curl_slist_free_all(recipients) }
        try handle.set(transfer)
        try handle.set(CURLOPT_FRESH_CONNECT, fresh ? 1 : 0)
        try handle.set(CURLOPT_MAIL_FROM, message.from.address.text)
        try unsafe handle.set(CURLOPT_MAIL_RCPT, recipients)
        try handle.set(CURLOPT_INFILESIZE_LARGE, offset: bytes.count)
        let code = withExtendedLifetime(transfer) { handle.perform() }
        return judge(code, transfer.dialogue, handle)
    }

    private func judge(
        _ code: CURLcode, _ dialogue: SMTPDialogue, _ handle: CurlHandle
    ) -> (delivery: Delivery, isStale: Bool) {
        isAuthenticated = dialogue.isAuthenticated
        let isNewConnection = handle.fact(CURLINFO_NUM_CONNECTS) > 0
        let delivery = SMTPVerdict.delivery(
            code, dialogue: dialogue, explanation: handle.explanation(of: code), isNewConnection: isNewConnection)
        if stop.isRaised, delivery.code == nil {
            return (Delivery(.interrupted, text: "the process is ending"), isStale: false)
        }
        let isLost = delivery.code == 421 || (dialogue.reply == nil && delivery.verdict == .unreachable)
        let isUntried = dialogue.stage == .start && code != CURLE_OPERATION_TIMEDOUT
        return (delivery, isStale: !isNewConnection && isUntried && isLost)
    }

    /// The handle with all that is the same for every mail.
    private func readyHandle() throws -> CurlHandle {
        if let handle { return handle }
        let handle = try makeHandle()
        self.handle = handle
        return handle
    }

    private func makeHandle() throws -> CurlHandle {
        guard let handle = CurlHandle(sockets: sockets) else { throw SMTPTransportError.noHandle }
        try handle.watchSockets()
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let scheme = settings.security == .implicit ? "smtps" : "smtp"
        // libcurl's way to say the name for EHLO is the URL's path.
        try handle.set(CURLOPT_URL, "\(scheme)://\(host):\(settings.port)/\(settings.clientName)")
        try handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        try handle.set(CURLOPT_UPLOAD, 1)
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_NOPROGRESS, 0)
        try handle.set(CURLOPT_PROXY, "")
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(settings.connectTimeout.milliseconds))
        try handle.set(CURLOPT_TIMEOUT_MS, Int(settings.timeout.milliseconds))
        try handle.set(CURLOPT_MAXAGE_CONN, 60)
        try secure(handle)
        return handle
    }

    private func secure(_ handle: CurlHandle) throws {
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let level = settings.security == .startTLSIfOffered ? CURLUSESSL_TRY : CURLUSESSL_ALL
        try handle.set(CURLOPT_USE_SSL, Int(level.rawValue))
        if let caFile = settings.caFile { try handle.set(CURLOPT_CAINFO, caFile) }
        guard let credentials = settings.credentials else { return }
        try handle.set(CURLOPT_USERNAME, credentials.user)
        try handle.set(CURLOPT_PASSWORD, credentials.password.unredacted)
    }
}

/// Why no mail could even be tried.
enum SMTPTransportError: Error, CustomStringConvertible {
    case noHandle

    var description: String { "libcurl cannot be used here" }
}
