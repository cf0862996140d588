package import Storage

/// A mail to one person, as text and HTML; turned into bytes by ``bytes(readable:)`` (RFC 5322, RFC 2045 to 2047).
///
/// The same message always makes the same bytes: a mail that is sent again, because nobody knows whether it arrived, is
/// the same one to its reader's program.
package struct MailMessage: Sendable {
    package let from: Mailbox
    package let to: Mailbox
    package let subject: String
    package let text: String
    /// Nil for a mail of text alone.
    package let html: String?
    package let date: Timestamp
    /// The left half of the Message-ID; its right half is the domain of ``from``.
    package let id: String

    package init(
        from: Mailbox, to: Mailbox, subject: String, text: String, html: String?, date: Timestamp, id: String
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.date = date
        self.id = id
    }

    /// The whole message, every line ended by CRLF: in ASCII for any server, or, `readable`, with bodies as they are, in
    /// UTF-8, for a file that a person opens.
    ///
    /// - Throws: ``MessageError``
    package func bytes(readable: Bool = false) throws -> [UInt8] {
        guard !id.isEmpty, id.utf8.allSatisfy(\.isAtomText) else { throw MessageError.badID }
        let style: BodyPart.Style = readable ? .eightBit : .sevenBit
        let plain = BodyPart(text, type: "text/plain", style: style)
        guard let html else {
            return Array((try header() + plain.header + "\r\n").utf8) + plain.bytes + Array("\r\n".utf8)
        }
        // The form that is better to read stands last (RFC 2046 §5.1.4).
        let parts = [plain, BodyPart(html, type: "text/html", style: style)]
        let boundary = self.boundary(absentFrom: parts)
        let contentType = try HeaderField("Content-Type", "multipart/alternative;", "boundary=\"\(boundary)\"")
        var bytes = Array((try header() + contentType.line).utf8)
        for part in parts {
            bytes += "\r\n--\(boundary)\r\n\(part.header)\r\n".utf8
            bytes += part.bytes
        }
        return bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    /// The fields that every mail has, down to those about its content.
    private func header() throws -> String {
        try [
            HeaderField("Date", date.mailDate),
            HeaderField("From", mailbox: from),
            HeaderField("To", mailbox: to),
            HeaderField("Message-ID", "<\(id)@\(from.address.domain)>"),
            HeaderField("Subject", text: subject),
            // So that nobody's out-of-office answers (RFC 3834 §5; the second is for Exchange).
            HeaderField("Auto-Submitted", "auto-generated"),
            HeaderField("X-Auto-Response-Suppress", "All"),
            HeaderField("MIME-Version", "1.0"),
        ].map(\.line).joined()
    }

    /// A line that no part has in it: made of the id, so that the message is the same each time.
    private func boundary(absentFrom parts: [BodyPart]) -> String {
        var boundary = "=_\(id)"
        while parts.contains(where: { $0.bytes.contains(Array(boundary.utf8)) }) { boundary += "_" }
        return boundary
    }
}
