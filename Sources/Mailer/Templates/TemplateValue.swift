/// What a variable holds in one mail.
package enum TemplateValue: Sendable, Hashable {
    case text(String)
    case url(String)
    case flag(Bool)
    case list([String])

    var kind: TemplateVariable.Kind {
        switch self {
        case .text: .text
        case .url: .url
        case .flag: .flag
        case .list: .list
        }
    }

    /// The value as Mustache takes it, its texts passed through `escape`.
    func mustache(_ escape: (String) -> String) -> Any {
        switch self {
        case .text(let text): escape(text.withoutControls())
        case .url(let url): escape(url)
        case .flag(let flag): flag
        case .list(let texts): texts.map { escape($0.withoutControls()) }
        }
    }

    /// Whether a URL is one that may be followed: http or https, and of no character that could end it early.
    var isSafe: Bool {
        guard case .url(let url) = self else { return true }
        return (url.hasPrefix("https://") || url.hasPrefix("http://"))
            && url.utf8.allSatisfy { 0x21...0x7e ~= $0 && !"\"<>\\^`{|}".utf8.contains($0) }
    }
}
