import Foundation

/// A message as it was written to the mail folder (RFC 5322), taken apart.
struct Mail: Sendable {
    /// Names in lower case, values unfolded.
    let headers: [String: String]
    let text: String
    let html: String

    init(parsing source: String) {
        let message = Self.part(source.replacingOccurrences(of: "\r\n", with: "\n"))
        headers = message.headers
        let type = message.headers["content-type"] ?? "text/plain"
        var bodies: [String: String] = [:]
        if let boundary = type.firstMatch(of: /boundary="?([^";]+)"?/)?.1 {
            for piece in message.body.components(separatedBy: "--\(boundary)").dropFirst() {
                let part = Self.part(String(piece.drop { $0 == "\n" }))
                let kind = (part.headers["content-type"] ?? "").split(separator: ";").first.map(trimmed) ?? ""
                bodies[kind] = Self.decoded(part)
            }
        } else {
            bodies["text/plain"] = Self.decoded(message)
        }
        text = bodies["text/plain"] ?? ""
        html = bodies["text/html"] ?? ""
    }

    var subject: String { headerDecoded(headers["subject"] ?? "") }

    /// The address alone.
    var to: String {
        let field = headers["to"] ?? ""
        return String(field.firstMatch(of: /<([^>]+)>/)?.1 ?? Substring(trimmed(field)))
    }

    /// The link in the text that carries a token, if there is one.
    var link: Link? { Link(in: text) }

    private static func part(_ source: String) -> (headers: [String: String], body: String) {
        guard let gap = source.range(of: "\n\n") else { return ([:], source) }
        let head = source[..<gap.lowerBound].replacing(/\n[ \t]+/, with: " ")
        let fields = head.split(separator: "\n").compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), trimmed(line[line.index(after: colon)...]))
        }
        return (Dictionary(fields) { first, _ in first }, String(source[gap.upperBound...]))
    }

    private static func decoded(_ part: (headers: [String: String], body: String)) -> String {
        transferDecoded(part.body, encoding: part.headers["content-transfer-encoding"] ?? "7bit")
    }
}

/// A link with a token, as mails and `create-admin` carry it.
struct Link: Sendable, Hashable {
    let url: String
    let path: String
    let token: String

    /// The first one in a text.
    init?(in text: String) {
        let pattern = /https?:\/\/[^\s\/]+(\/[^\s?]*)\?token=([A-Za-z0-9_\-]+)/
        guard let match = text.firstMatch(of: pattern) else { return nil }
        url = String(match.0)
        path = String(match.1)
        token = String(match.2)
    }

    /// Path and query, to be sent to a server whatever its name in the link.
    var target: String { "\(path)?token=\(token)" }
}
