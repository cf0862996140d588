import JSON

/// What came back.
struct HTTPResponse: Sendable {
    /// `HTTP/1.1` or `HTTP/2`.
    let version: String
    let status: Int
    /// In order, names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The first header of that name, which is given in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    func json() throws -> JSONValue {
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw Unexpected("JSON", self)
        }
    }

    /// The code of a failure; nil when this is none.
    var code: String? { (try? json())?["code"]?.stringValue }

    /// The sentence of a failure.
    var detail: String { (try? json())?["detail"]?.stringValue ?? "" }

    /// The places of all mistakes that a failure lists.
    var pointers: Set<String> {
        Set(((try? json())?["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue })
    }

    /// The value of a cookie that is set, and its attributes in lower case with their values.
    func cookie(_ name: String) -> (value: String, attributes: [String: String])? {
        for header in headers where header.name == "set-cookie" {
            let parts = header.value.split(separator: ";").map(pair)
            guard let first = parts.first, first.0 == name else { continue }
            let attributes = parts.dropFirst().map { ($0.0.lowercased(), $0.1) }
            return (first.1, Dictionary(attributes) { first, _ in first })
        }
        return nil
    }

    private func pair(_ text: Substring) -> (String, String) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (trimmed(halves[0]), halves.count > 1 ? trimmed(halves[1]) : "")
    }
}

/// An answer that a test cannot go on with.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ wanted: String, _ response: HTTPResponse) {
        description = "wanted \(wanted), got \(response.status): \(response.text.prefix(600))"
    }
}

func trimmed(_ text: some StringProtocol) -> String {
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
}
