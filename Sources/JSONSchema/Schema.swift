public import JSON

/// A compiled JSON Schema, draft 2020-12.
///
/// ```swift
/// let schema = try Schema(["properties": ["seats": ["minimum": 1]]])
/// for error in schema.validate(["seats": 0]) {
///     print(error.pointer, error.message)  // /seats `seats` must be at least 1, got 0
/// }
/// ```
///
/// Unless ``SchemaOptions/specification`` says otherwise, `format` is asserted, and keywords that this module does not
/// know are refused at compilation, except for names that begin with `x-`: a misspelt keyword would otherwise allow
/// everything. Two of these have a meaning here: `x-expected` says what a value must be, in words for people, and
/// `x-missing` what is missing where each branch of `anyOf` misses a member.
///
/// A schema is compiled once and can then be used from many threads.
public struct Schema: Sendable {
    let program: Program

    /// Compiles a schema document; `id` is its URI, by which relative references are resolved where its `$id` does not say
    /// it.
    ///
    /// - Throws: ``SchemaCompilationError`` with everything that is wrong in the document.
    public init(_ document: JSONValue, id: String? = nil, options: SchemaOptions = .strict)
        throws(SchemaCompilationError)
    {
        var compiler = SchemaCompiler(document, id: id, options: options)
        program = try compiler.compile()
    }

    /// How many errors ``validate(_:)`` gives at most.
    public static let maximumErrors = 50

    /// What is wrong with `value`, in document order, at most ``maximumErrors``; empty if it is valid.
    ///
    /// A value that takes more than ``SchemaOptions/maximumSteps`` is refused with an error of the keyword `$ref`.
    public func validate(_ value: JSONValue) -> [ValidationError] {
        // Most values are valid, and to see that takes no messages and no places.
        if accepts(value) { return [] }
        var run = Validation(program)
        run.collect(value)
        return run.errors()
    }

    /// Whether `value` is valid.
    public func accepts(_ value: JSONValue) -> Bool {
        var probe = Validation(program)
        return probe.check(0, value) && !probe.isExhausted
    }

    /// Names of members whose values never come into a message, wherever they are in a value.
    public var secretNames: Set<String> { program.secretNames }

    /// The members that the schema knows for an object at `pointer` of an instance, sorted; `$ref`, `allOf` and the like
    /// are looked through.
    public func knownProperties(at pointer: JSONPointer = .root) -> [String] {
        var nodes = program.inPlace(of: [0])
        for token in pointer.tokens {
            nodes = program.inPlace(of: nodes.flatMap { program.outlines[$0].children(token) })
        }
        return Set(nodes.flatMap { program.outlines[$0].properties.keys.map(\.text) }).sorted()
    }
}

extension Program {
    /// Those nodes and what they apply to the same value.
    func inPlace(of roots: [Int]) -> [Int] {
        var found = roots
        var next = 0
        while next < found.count {
            let outline = outlines[found[next]]
            found += (outline.inPlace + outline.dynamic).filter { !found.contains($0) }
            next += 1
        }
        return found
    }
}
