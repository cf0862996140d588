/// A group of keywords that a dialect has or has not (Core section 8.1).
enum Vocabulary: String, CaseIterable {
    case core, applicator, unevaluated, validation
    case metadata = "meta-data"
    case formatAnnotation = "format-annotation"
    case formatAssertion = "format-assertion"
    case content

    init?(uri: String) {
        let beginning = "https://json-schema.org/draft/2020-12/vocab/"
        guard uri.hasPrefix(beginning) else { return nil }
        self.init(rawValue: String(uri.dropFirst(beginning.count)))
    }
}

/// The vocabularies that a schema is written in.
struct Dialect {
    private(set) var vocabularies: Set<Vocabulary>

    /// What `https://json-schema.org/draft/2020-12/schema` names.
    static let standard = Dialect(vocabularies: Set(Vocabulary.allCases).subtracting([.formatAssertion]))

    init(vocabularies: Set<Vocabulary>) {
        self.vocabularies = vocabularies
        self.vocabularies.insert(.core)
    }

    func has(_ keyword: Keyword) -> Bool {
        if keyword.vocabulary == .formatAnnotation, vocabularies.contains(.formatAssertion) { return true }
        return vocabularies.contains(keyword.vocabulary)
    }
}
