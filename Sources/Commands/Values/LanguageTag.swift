package import Storage

/// A language, and maybe a script and a region, such as `de` or `de-AT` (RFC 5646).
package struct LanguageTag: Sendable, Hashable, SQLConvertible {
    /// In the usual case: `zh-Hant-TW` (RFC 5646 §2.1.1).
    package let text: String

    /// Takes a tag in any case; its form is the schema's business.
    package init(_ tag: String) {
        let subtags = tag.split(separator: "-").enumerated().map { index, subtag in
            let subtag = subtag.lowercased()
            return switch (index, subtag.count) {
            case (1..., 2): subtag.uppercased()
            case (1..., 4): subtag.prefix(1).uppercased() + subtag.dropFirst()
            default: subtag
            }
        }
        text = subtags.joined(separator: "-")
    }

    package var sqlValue: SQLValue { .text(text) }
}

/// What a caller says of a user's language: a tag, or the word `none` for none.
struct LanguageChoice: Decodable, Sendable {
    let tag: LanguageTag?

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        tag = text == "none" ? nil : LanguageTag(text)
    }
}
