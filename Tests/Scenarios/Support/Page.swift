import Foundation
import Testing

/// A page with one form, as a browser sees it.
struct Page: Sendable {
    let http: HTTPClient
    let target: String
    let response: HTTPResponse

    static func open(_ target: String, _ http: HTTPClient) async throws -> Page {
        let response = try await http.get(target, headers: browser)
        return Page(http: http, target: target, response: response)
    }

    /// What a browser says of itself when somebody follows a link.
    static let browser = [
        "User-Agent": "Mozilla/5.0", "Accept": "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
    ]

    /// The hidden fields of the form.
    var hidden: [(String, String)] {
        response.text.matches(of: /<input[^>]*>/).compactMap { match in
            let tag = match.0
            guard attribute("type", of: tag) == "hidden", let name = attribute("name", of: tag) else { return nil }
            return (name, attribute("value", of: tag) ?? "")
        }
    }

    /// Fills the form in and sends it back, with the cookies that came with the page.
    func submit(_ fields: [(String, String)]) async throws -> HTTPResponse {
        let form = try #require(response.text.firstMatch(of: /<form[^>]*>/)?.0, "\(response.text)")
        let action = attribute("action", of: form).flatMap { $0.isEmpty ? nil : $0 } ?? target
        var headers = Self.browser
        headers["Origin"] = http.base
        headers["Sec-Fetch-Site"] = "same-origin"
        let cookies = response.headers.filter { $0.name == "set-cookie" }.compactMap {
            $0.value.split(separator: ";").first
        }
        if !cookies.isEmpty { headers["Cookie"] = cookies.map(trimmed).joined(separator: "; ") }
        return try await http.post(action, .form(hidden + fields), headers: headers)
    }

    private func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.range(of: "\(name)=\"") else { return nil }
        let value = tag[start.upperBound...].prefix { $0 != "\"" }
        return value.replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "&quot;", with: "\"")
            .replacingOccurrences(of: "&#39;", with: "'")
    }
}
