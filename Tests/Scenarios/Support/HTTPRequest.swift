import JSON

/// What is sent: exactly these headers, and those that HTTP itself needs.
struct HTTPRequest: Sendable {
    var method: String
    var url: String
    var headers: [String: String] = [:]
    var body: [UInt8]?
    var way: NetworkWay?
}

/// How a request gets to a server whose name is in no directory.
struct NetworkWay: Sendable {
    /// `host:port:address:port`, as libcurl's CURLOPT_CONNECT_TO takes it.
    let connectTo: String
    /// The file with the certificate that is trusted, and no other is.
    let root: String?
    /// The address that it comes from.
    let source: String
}

/// A request's body, with the header that names its type.
enum Body: Sendable {
    case json(JSONValue)
    case form([(String, String)])
    /// Any bytes under any type, or under none.
    case raw(String, type: String?)

    var type: String? {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .raw(_, let type): type
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .json(let value): Array(value.text.utf8)
        case .form(let fields):
            Array(fields.map { "\(percentEncoded($0))=\(percentEncoded($1))" }.joined(separator: "&").utf8)
        case .raw(let text, _): Array(text.utf8)
        }
    }
}

/// `text` with everything but letters, digits and `-._~` percent-encoded (RFC 3986 §2.3).
func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
        let character = Character(Unicode.Scalar(byte))
        if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
            return String(character)
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
}
