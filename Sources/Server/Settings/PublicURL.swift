/// The address users reach Usher at: the only source of links in mails, and of `iss` in tokens.
package struct PublicURL: Sendable, Equatable, CustomStringConvertible {
    package let origin: WebOrigin

    init(_ origin: WebOrigin) {
        self.origin = origin
    }

    /// Reads `https://auth.example.com`; a slash at the end is dropped.
    init(parsing text: String) throws(WrongValue) {
        do {
            origin = try WebOrigin(URLParts(text))
        } catch {
            throw WrongValue("\(error.message) Write it like https://auth.example.com.")
        }
    }

    package var isHTTPS: Bool { origin.scheme == .https }

    /// Without a slash at the end.
    package var description: String { origin.description }

    /// The address of a page or a route, whose path begins with `/`.
    package func appending(_ path: String) -> String { description + path }
}

/// Where "Continue" leads: any page on the web.
enum WebAddress {
    static func parse(_ text: String) throws(WrongValue) -> String {
        let parts = try URLParts(text)
        guard WebOrigin.Scheme(rawValue: parts.scheme) != nil, parts.userInfo == nil else {
            throw WrongValue("is not the address of a page. Write it like https://app.example.com/start.")
        }
        // It is written into pages, where these could end an attribute.
        guard !text.contains(where: { "\"'<>\\`".contains($0) }) else {
            throw WrongValue("has a character that a URL can't have. Percent-encode it.")
        }
        return text
    }
}
