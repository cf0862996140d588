/// One step of a compiled schema: a keyword, or several that are checked together.
///
/// It is plain data without references, so that a run over the instructions counts none: what does not fit stands in a
/// table of ``Program``, and the number here says where. Schemas are called by the number of their node.
enum Instruction: Sendable {
    case never
    case type(TypeSet, names: Int)
    case enumeration(Int)
    case constant(Int)

    case minimum(Int)
    case maximum(Int)
    case exclusiveMinimum(Int)
    case exclusiveMaximum(Int)
    case multipleOf(Int)

    case minLength(Int)
    case maxLength(Int)
    case pattern(Int)
    case format(Int)

    case minItems(Int)
    case maxItems(Int)
    case uniqueItems

    case minProperties(Int)
    case maxProperties(Int)
    case required(Int)
    case dependentRequired(Int)

    case propertyNames(schema: Int)
    /// `properties`, `patternProperties` and `additionalProperties`.
    case members(Int)
    case prefixItems(Int)
    /// For the items from `first` on.
    case items(first: Int, schema: Int)
    case noItems(first: Int)
    case contains(Int)

    case reference(schema: Int)
    case dynamicReference(Int)
    case allOf(Int)
    case anyOf(Int)
    case oneOf(Int)
    case not(schema: Int)
    case conditional(Int)
    case dependentSchemas(Int)

    case unevaluatedItems(schema: Int)
    case unevaluatedProperties(schema: Int)
}
