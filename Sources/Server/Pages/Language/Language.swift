import HTTPTypes

/// A language in which pages speak. Its texts stand together in `CResources/pages/texts.<tag>.json`.
enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case german = "de"

    /// As in `lang` and `Content-Language` (RFC 5646).
    var tag: String { rawValue }

    /// What is spoken to somebody who wants none of our languages.
    static let fallback = Self.english
}

extension Language {
    /// The language that a reader likes best, by `Accept-Language` (RFC 9110 §12.5.4; ranges as in RFC 4647 §3.4).
    ///
    /// For each of our languages its exact range counts first, then longer ones (`de-AT` is happy with `de`), then `*`.
    /// Among equals the one named first wins. What is not understood in the header is passed over.
    static func preferred(by headers: HTTPFields) -> Language {
        let ranges = headers[values: .acceptLanguage].joined(separator: ",").split(separator: ",")
            .prefix(maximumRanges).compactMap(Range.init(parsing:))
        var best: (language: Language, range: Range, place: Int)?
        for language in allCases {
            guard let (place, range) = language.match(in: ranges), range.quality > 0 else { continue }
            if let best, (best.range.quality, -best.place) >= (range.quality, -place) { continue }
            best = (language, range, place)
        }
        return best?.language ?? fallback
    }

    /// Nobody speaks more; a header is at most some kilobytes long, and each range costs a look.
    private static let maximumRanges = 50

    private func match(in ranges: [Range]) -> (Int, Range)? {
        let numbered = Array(ranges.enumerated())
        let longer = numbered.filter { $0.element.tag.hasPrefix(tag + "-") }
        let match =
            numbered.first { $0.element.tag == tag }
            ?? longer.max { ($0.element.quality, -$0.offset) < ($1.element.quality, -$1.offset) }
            ?? numbered.first { $0.element.tag == "*" }
        return match.map { ($0.offset, $0.element) }
    }

    /// One member of the header, such as `de-AT;q=0.8`.
    private struct Range {
        /// In lower case.
        let tag: String
        /// In thousandths.
        let quality: Int

        init?(parsing text: Substring) {
            let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed() }
            guard let tag = parts.first, !tag.isEmpty else { return nil }
            self.tag = tag.lowercased()
            guard parts.count > 1 else {
                quality = 1000
                return
            }
            guard parts.count == 2, let quality = Self.thousandths(parts[1]) else { return nil }
            self.quality = quality
        }

        /// `q=` and a number from 0 to 1 with at most three digits after the point (RFC 9110 §12.4.2).
        private static func thousandths(_ text: Substring) -> Int? {
            let halves = text.split(separator: "=", omittingEmptySubsequences: false)
            guard halves.count == 2, halves[0].trimmed().lowercased() == "q" else { return nil }
            let number = halves[1].trimmed().split(separator: ".", omittingEmptySubsequences: false)
            let fraction = number.count > 1 ? number[1] : ""
            guard number.count <= 2, ["0", "1"].contains(number[0]), fraction.utf8.count <= 3,
                fraction.utf8.allSatisfy({ (48...57).contains($0) }),
                let digits = Int(fraction + String(repeating: "0", count: 3 - fraction.utf8.count))
            else { return nil }
            let value = (number[0] == "1" ? 1000 : 0) + digits
            return value <= 1000 ? value : nil
        }
    }
}

extension Exchange {
    /// The language of the page that answers this.
    var language: Language { .preferred(by: headers) }
}
