/// Follows what the server says, line by line, to know how far a mail got.
///
/// libcurl reports one code at the end, and several of its ways lead to the same one. It also sends without logging in
/// when the server offers no way to: this stops it before the recipient is named.
struct SMTPDialogue {
    /// Which command the next reply answers.
    enum Stage: Hashable {
        /// The greeting on a new connection; on one used before, MAIL.
        case start
        case hello
        /// STARTTLS, AUTH or MAIL: the replies tell which.
        case session
        case recipient
        case data
        /// The dot that ends the message.
        case message
        /// The server has said its last word about the mail; QUIT may follow.
        case over
    }

    let needsAuthentication: Bool
    private(set) var stage = Stage.start
    private(set) var isAuthenticated: Bool
    /// Whether the server took MAIL although nobody had logged in.
    private(set) var lacksAuthentication = false
    /// The last reply that was about the mail.
    private(set) var reply: SMTPReply?

    private var lines: [String] = []

    /// A new dialogue; `isAuthenticated` is how the last one left the connection, which may be used again.
    init(needsAuthentication: Bool, isAuthenticated: Bool) {
        self.needsAuthentication = needsAuthentication
        self.isAuthenticated = isAuthenticated
    }

    /// Takes one line; false when the conversation has to end here.
    mutating func receive(_ line: String) -> Bool {
        guard stage != .over else { return true }
        lines.append(line)
        // `250-…` goes on, `250 …` is the last line.
        guard line.dropFirst(3).first != "-" else { return true }
        defer { lines = [] }
        // 221 answers QUIT and is not about the mail.
        guard let reply = SMTPReply(lines: lines), reply.code != 221 else { return true }
        self.reply = reply
        advance(reply)
        return !lacksAuthentication
    }

    private mutating func advance(_ reply: SMTPReply) {
        switch (stage, reply.code) {
        case (.start, 220), (.session, 220):
            // A new connection, or STARTTLS: whoever logged in before did so elsewhere.
            isAuthenticated = false
            stage = .hello
        case (.hello, 250): stage = .session
        case (.session, 235): isAuthenticated = true
        case (.start, 200..<300), (.session, 200..<300):
            lacksAuthentication = needsAuthentication && !isAuthenticated
            stage = .recipient
        case (.recipient, 200..<300): stage = .data
        case (.data, 354): stage = .message
        case (.message, _): stage = .over
        default: break  // a failure: the stage says at what
        }
    }
}
