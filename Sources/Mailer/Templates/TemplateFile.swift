/// A template's file, by its name: `reset-password.subject.txt`, `reset-password.de-at.html`.
struct TemplateFile: Hashable {
    enum Part: String, CaseIterable {
        // In this order: `.txt` is also how the subject's name ends.
        case subject = ".subject.txt"
        case text = ".txt"
        case html = ".html"
    }

    let template: String
    /// In lower case; empty for the language that is there for everybody.
    let locale: String
    let part: Part

    /// Nil when no file of a declared template has this name.
    init?(_ name: String, _ declarations: [String: TemplateDeclaration]) {
        guard let part = Part.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
        let stem = name.dropLast(part.rawValue.count)
        let pieces = stem.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let template = pieces.first.map(String.init), declarations[template]?.parts.contains(part) == true else {
            return nil
        }
        self.template = template
        self.part = part
        locale = pieces.count > 1 ? pieces[1].lowercased() : ""
    }

    init(template: String, locale: String, part: Part) {
        self.template = template
        self.locale = locale
        self.part = part
    }

    /// The file's name in lower case.
    var name: String { "\(template)\(locale.isEmpty ? "" : ".\(locale)")\(part.rawValue)" }
}
