/// One `{{…}}` of a template.
struct TemplateTag {
    enum Kind: Hashable {
        case variable, section, invertedSection, end, partial, comment
        /// What Mustache knows and mail templates do not need.
        case unsupported
    }

    let kind: Kind
    let name: String
    /// Whether it stands where HTML takes an address: right after `href="` or `src="`.
    let isURLSlot: Bool
    let line: Int

    /// Every tag of a text, in order.
    ///
    /// - Throws: ``TemplateProblem`` for a tag that does not end.
    static func all(in text: String, file: String) throws -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var rest = text[...]
        // By bytes, and each line once: every start reads all templates.
        var (line, lineEnd) = (1, text.startIndex)
        while let open = rest.utf8.firstRange(of: "{{".utf8) {
            line += text.utf8[lineEnd..<open.lowerBound].count { $0 == UInt8(ascii: "\n") }
            lineEnd = open.lowerBound
            let isTriple = rest[open.upperBound...].first == "{"
            guard let close = rest[open.upperBound...].utf8.firstRange(of: (isTriple ? "}}}" : "}}").utf8) else {
                throw TemplateProblem(file: file, line: line, reason: "a tag is not closed")
            }
            let before = rest[..<open.lowerBound].suffix(6).lowercased()
            let content = rest[open.upperBound..<close.lowerBound].dropFirst(isTriple ? 1 : 0)
            let isURLSlot = before.hasSuffix("href=\"") || before.hasSuffix("src=\"")
            tags.append(TemplateTag(content, isURLSlot: isURLSlot, line: line))
            rest = rest[close.upperBound...]
        }
        return tags
    }

    private init(_ content: Substring, isURLSlot: Bool, line: Int) {
        let kinds: [Character: Kind] = [
            "#": .section, "^": .invertedSection, "/": .end, ">": .partial, "!": .comment, "&": .variable,
            "=": .unsupported, "%": .unsupported, "$": .unsupported, "<": .unsupported,
        ]
        let sigil = content.first.flatMap { kinds[$0] }
        kind = sigil ?? .variable
        name = String(content.dropFirst(sigil == nil ? 0 : 1)).withoutControls()
        self.isURLSlot = isURLSlot
        self.line = line
    }
}
