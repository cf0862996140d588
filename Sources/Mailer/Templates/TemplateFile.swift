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

    /// Nil when the name is none of a file of `templates`.
    init?(_ name: String, templates: some Sequence<String>) {
        guard let part = Part.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
        let stem = name.dropLast(part.rawValue.count)
        let pieces = stem.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let template = pieces.first.map(String.init), templates.contains(template) else { return nil }
        self.template = template
        self.part = part
        locale = pieces.count > 1 ? pieces[1].lowercased() : ""
    }

    init(template: String, locale: String, part: Part) {
        self.template = template
        self.locale = locale
        self.part = part
    }
}
