public import JSON

/// A compiled JSON Schema, draft 2020-12.
///
/// `format` is asserted. Keywords that this module does not know are refused at compilation, except for annotations and
/// names that begin with `x-`: a misspelt keyword would otherwise allow everything. One of these has a meaning here:
/// `x-expected` says what a value must be, in words for people.
public struct Schema: Sendable {
    /// The root is the first.
    let nodes: [SchemaNode]
    /// Names of members that hold secrets wherever they occur; their values never come into a message.
    let secretNames: Set<String>

    /// Compiles a schema document; `id` is its URI, where its `$id` does not say it.
    ///
    /// - Throws: ``SchemaCompilationError`` with everything that is wrong in the document.
    public init(_ document: JSONValue, id: String? = nil) throws(SchemaCompilationError) {
        var compiler = SchemaCompiler(document, id: id)
        (nodes, secretNames) = try compiler.compile()
    }

    /// What is wrong with `value`, in document order, at most 50 errors; empty if it is valid.
    public func validate(_ value: JSONValue) -> [ValidationError] {
        // Most values are valid, and to see that takes no messages and no places.
        var probe = Validation(self)
        if probe.accepts(0, value), !probe.isExhausted { return [] }
        var run = Validation(self)
        run.collect(value)
        return run.errors()
    }

    /// Whether `value` is valid.
    public func accepts(_ value: JSONValue) -> Bool {
        var probe = Validation(self)
        return probe.accepts(0, value) && !probe.isExhausted
    }

    /// The members that the schema knows for an object at `pointer` of an instance, sorted; `$ref`, `allOf` and the like
    /// are looked through.
    public func knownProperties(at pointer: JSONPointer = .root) -> [String] {
        var nodes = inPlace(of: [0])
        for token in pointer.tokens {
            nodes = inPlace(of: nodes.flatMap { self.nodes[$0].children(token) })
        }
        return Set(nodes.flatMap { self.nodes[$0].properties.keys.map(\.text) }).sorted()
    }

    private func inPlace(of roots: [Int]) -> [Int] {
        var found = roots
        var next = 0
        while next < found.count {
            found += nodes[found[next]].inPlace.filter { !found.contains($0) }
            next += 1
        }
        return found
    }
}
