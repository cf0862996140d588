/// Regular expressions as the document has them.
enum OpenAPIPattern {
    /// A pattern for those who read it with another engine: not all know the categories of Unicode (ECMA-262 has them only
    /// under its flag `u`), and a validator of documents refuses what it cannot compile. As the inside of a class.
    static func withoutCategories(_ pattern: String) -> String {
        pattern.contains(#"\p{"#)
            ? pattern.replacing(#"\p{Cc}"#, with: control).replacing(#"\p{Cf}"#, with: format) : pattern
    }

    private static let control = #"\x00-\x1F\x7F-\x9F"#

    /// Beyond 16 bits there is no way to write a character that all engines know but the character itself.
    private static let format = formatCharacters.map { range in
        func text(_ scalar: Unicode.Scalar) -> String {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return scalar.value > 0xFFFF
                ? String(Character(scalar)) : #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return range.lowerBound == range.upperBound
            ? text(range.lowerBound) : text(range.lowerBound) + "-" + text(range.upperBound)
    }.joined()

    /// The general category Cf.
    static let formatCharacters: [ClosedRange<Unicode.Scalar>] = [
        "\u{AD}"..."\u{AD}", "\u{600}"..."\u{605}", "\u{61C}"..."\u{61C}", "\u{6DD}"..."\u{6DD}", "\u{70F}"..."\u{70F}",
        "\u{890}"..."\u{891}", "\u{8E2}"..."\u{8E2}", "\u{180E}"..."\u{180E}", "\u{200B}"..."\u{200F}",
        "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{2064}", "\u{2066}"..."\u{206F}", "\u{FEFF}"..."\u{FEFF}",
        "\u{FFF9}"..."\u{FFFB}", "\u{110BD}"..."\u{110BD}", "\u{110CD}"..."\u{110CD}", "\u{13430}"..."\u{1343F}",
        "\u{1BCA0}"..."\u{1BCA3}", "\u{1D173}"..."\u{1D17A}", "\u{E0001}"..."\u{E0001}", "\u{E0020}"..."\u{E007F}",
    ]
}
