import JSON

/// A keyword: where it belongs, what subschemas it has, and how it is read.
struct Keyword: Sendable {
    /// Where the subschemas of a keyword are in its value.
    enum Subschemas: Sendable {
        case none, value, items, members
    }

    let name: String
    let vocabulary: Vocabulary
    let subschemas: Subschemas
    /// Reads the keyword's value into the node at hand, and reports what is wrong with it.
    let compile: @Sendable (inout SchemaCompiler, JSONValue) -> Void

    init(
        _ name: String, _ vocabulary: Vocabulary, _ subschemas: Subschemas = .none,
        _ compile: @escaping @Sendable (inout SchemaCompiler, JSONValue) -> Void
    ) {
        self.name = name
        self.vocabulary = vocabulary
        self.subschemas = subschemas
        self.compile = compile
    }

    /// All that are known, in the order in which they are checked: what asks for evaluated members comes last.
    static let all = references + assertions + applicators + unevaluated + descriptions

    /// By name, the place in ``all``.
    static let places: [String: Int] = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

    private static let references = [
        Keyword("$ref", .core) { $0.readReference($1) },
        Keyword("$dynamicRef", .core) { $0.readDynamicReference($1) },
        Keyword("$defs", .core, .members) { $0.readDefinitions($1, "$defs") },
        Keyword("definitions", .core, .members) { $0.readDefinitions($1, "definitions") },
        Keyword("$id", .core) { $0.readText($1, "$id", "a URI reference") },
        Keyword("$schema", .core) { $0.readText($1, "$schema", "a URI") },
        Keyword("$anchor", .core) { $0.readAnchor($1, "$anchor") },
        Keyword("$dynamicAnchor", .core) { $0.readAnchor($1, "$dynamicAnchor") },
        Keyword("$vocabulary", .core) { _ = $0.object($1, "$vocabulary") },
        Keyword("$comment", .core) { $0.readText($1, "$comment") },
    ]

    private static let assertions = [
        Keyword("type", .validation) { $0.readType($1) },
        Keyword("enum", .validation) { $0.readEnumeration($1) },
        Keyword("const", .validation) { $0.add($1, to: \.values, Instruction.constant) },
        Keyword("minimum", .validation) { $0.readBound($1, "minimum", Instruction.minimum) },
        Keyword("maximum", .validation) { $0.readBound($1, "maximum", Instruction.maximum) },
        Keyword("exclusiveMinimum", .validation) { $0.readBound($1, "exclusiveMinimum", Instruction.exclusiveMinimum) },
        Keyword("exclusiveMaximum", .validation) { $0.readBound($1, "exclusiveMaximum", Instruction.exclusiveMaximum) },
        Keyword("multipleOf", .validation) { $0.readMultipleOf($1) },
        Keyword("minLength", .validation) { $0.readLimit($1, "minLength", Instruction.minLength) },
        Keyword("maxLength", .validation) { $0.readLimit($1, "maxLength", Instruction.maxLength) },
        Keyword("pattern", .validation) { $0.readPattern($1) },
        Keyword("format", .formatAnnotation) { $0.readFormat($1) },
        Keyword("minItems", .validation) { $0.readLimit($1, "minItems", Instruction.minItems) },
        Keyword("maxItems", .validation) { $0.readLimit($1, "maxItems", Instruction.maxItems) },
        Keyword("uniqueItems", .validation) { $0.readUniqueItems($1) },
        Keyword("minProperties", .validation) { $0.readLimit($1, "minProperties", Instruction.minProperties) },
        Keyword("maxProperties", .validation) { $0.readLimit($1, "maxProperties", Instruction.maxProperties) },
        Keyword("required", .validation) { $0.readRequired($1) },
        Keyword("dependentRequired", .validation) { $0.readDependentRequired($1) },
        Keyword("minContains", .validation) { _ = $0.count($1, "minContains") },
        Keyword("maxContains", .validation) { _ = $0.count($1, "maxContains") },
    ]

    private static let applicators = [
        Keyword("propertyNames", .applicator, .value) { compiler, _ in
            compiler.emit(.propertyNames(schema: compiler.subschema()))
        },
        Keyword("properties", .applicator, .members) { $0.readProperties($1) },
        Keyword("patternProperties", .applicator, .members) { $0.readPatternProperties($1) },
        Keyword("additionalProperties", .applicator, .value) { $0.readAdditionalProperties($1) },
        Keyword("prefixItems", .applicator, .items) { $0.readPrefixItems($1) },
        Keyword("items", .applicator, .value) { $0.readItems($1) },
        Keyword("contains", .applicator, .value) { $0.readContains($1) },
        Keyword("allOf", .applicator, .items) { $0.readBranches($1, "allOf", Instruction.allOf) },
        Keyword("anyOf", .applicator, .items) { $0.readBranches($1, "anyOf", Instruction.anyOf) },
        Keyword("oneOf", .applicator, .items) { $0.readBranches($1, "oneOf", Instruction.oneOf) },
        Keyword("not", .applicator, .value) { compiler, _ in
            compiler.emit(.not(schema: compiler.subschemaInPlace()))
        },
        Keyword("if", .applicator, .value) { compiler, _ in compiler.readConditional() },
        Keyword("then", .applicator, .value) { compiler, _ in _ = compiler.subschema() },
        Keyword("else", .applicator, .value) { compiler, _ in _ = compiler.subschema() },
        Keyword("dependentSchemas", .applicator, .members) { $0.readDependentSchemas($1) },
        // Of older drafts, kept by the documents of this one (Core section 10.2.2.4, note).
        Keyword("dependencies", .applicator, .members) { $0.readDependencies($1) },
    ]

    private static let unevaluated = [
        Keyword("unevaluatedItems", .unevaluated, .value) { compiler, _ in
            compiler.node.hasUnevaluated = true
            compiler.emit(.unevaluatedItems(schema: compiler.otherSubschema()))
        },
        Keyword("unevaluatedProperties", .unevaluated, .value) { compiler, _ in
            compiler.node.hasUnevaluated = true
            compiler.emit(.unevaluatedProperties(schema: compiler.otherSubschema()))
        },
    ]

    /// They describe and check nothing (Validation sections 8 and 9).
    private static let descriptions = [
        Keyword("title", .metadata) { $0.readText($1, "title") },
        Keyword("description", .metadata) { $0.readText($1, "description") },
        Keyword("default", .metadata) { _, _ in },
        Keyword("deprecated", .metadata) { $0.readFlag($1, "deprecated") },
        Keyword("readOnly", .metadata) { $0.readFlag($1, "readOnly") },
        Keyword("writeOnly", .metadata) { $0.readFlag($1, "writeOnly") },
        Keyword("examples", .metadata) { compiler, value in
            if value.arrayValue == nil { compiler.problem("`examples` must be a list.") }
        },
        Keyword("contentEncoding", .content) { $0.readText($1, "contentEncoding") },
        Keyword("contentMediaType", .content) { $0.readText($1, "contentMediaType") },
        Keyword("contentSchema", .content, .value) { compiler, _ in _ = compiler.subschema() },
    ]
}
