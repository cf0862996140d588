import JSON

/// The keywords that are known. To add one, write its type and name it here.
enum Vocabularies {
    /// In the order in which they are checked.
    static let keywords: [any Keyword.Type] = core + assertions + applicators

    private static let core: [any Keyword.Type] = [Reference.self, Definitions.self]

    private static let assertions: [any Keyword.Type] = [
        TypeKeyword.self, EnumKeyword.self, ConstKeyword.self,
        Minimum.self, Maximum.self, ExclusiveMinimum.self, ExclusiveMaximum.self, MultipleOf.self,
        MinLength.self, MaxLength.self, PatternKeyword.self, FormatKeyword.self,
        MinItems.self, MaxItems.self, UniqueItems.self,
        MinProperties.self, MaxProperties.self, Required.self, DependentRequired.self,
    ]

    private static let applicators: [any Keyword.Type] = [
        PropertyNames.self, Properties.self, PatternProperties.self, AdditionalProperties.self,
        PrefixItems.self, Items.self, Contains.self,
        AllOf.self, AnyOf.self, OneOf.self, Not.self, Conditional.self, DependentSchemas.self,
    ]

    /// Where each stands among ``keywords``.
    private static let places: [String: Int] = Dictionary(
        uniqueKeysWithValues: keywords.enumerated().map { ($1.name, $0) })

    static var names: some Sequence<String> { places.keys }

    static func isKeyword(_ name: String) -> Bool { places[name] != nil }

    /// The keywords of a schema with their values, in the order in which they are checked.
    static func keywords(of schema: JSONObject) -> [(type: any Keyword.Type, value: JSONValue)] {
        schema.compactMap { name, value in places[name].map { (place: $0, value: value) } }
            .sorted { $0.place < $1.place }
            .map { (keywords[$0.place], $0.value) }
    }

    /// Known names that check nothing of their own.
    static let silent: Set<String> = Set(keywords.flatMap { $0.companions }).union(Metadata.names)
}
