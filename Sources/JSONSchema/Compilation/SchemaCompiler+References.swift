import JSON

extension SchemaCompiler {
    mutating func readReference(_ value: JSONValue) {
        guard let text = value.stringValue else { return problem("`$ref` must be a URI reference.") }
        guard let place = target(of: text) else { return }
        let number = number(of: place)
        outline.inPlace.append(number)
        emit(.reference(schema: number))
    }

    /// `$dynamicRef` (Core section 8.2.3.2): as `$ref`, unless it leads to a `$dynamicAnchor`. Then the outermost resource
    /// with an anchor of that name counts, among those by which a validation came.
    mutating func readDynamicReference(_ value: JSONValue) {
        guard let text = value.stringValue else { return problem("`$dynamicRef` must be a URI reference.") }
        guard let place = target(of: text) else { return }
        let number = number(of: place)
        let resource = library.resource(at: place)
        if let name = URIReference(text).fragment.map(String.init),
            library.resources[resource].dynamicAnchors[name] == place.pointer
        {
            outline.dynamic.append(number)
            let reference = Program.DynamicReference(name: name, initial: number)
            add(reference, to: \.dynamicReferences, Instruction.dynamicReference)
        } else {
            outline.inPlace.append(number)
            emit(.reference(schema: number))
        }
    }

    /// Where a reference in the schema at hand leads; nil after that was reported as a problem.
    private mutating func target(of text: String) -> Place? {
        let base = library.resources[node.resource].uri
        let reference = URIReference(text).resolved(against: URIReference(base))
        let uri = reference.withoutFragment
        guard let number = library.resource(uri) else {
            problem("The document `\(uri)` is not among those that are given; nothing is fetched.")
            return nil
        }
        let resource = library.resources[number]
        guard let place = place(of: reference.fragment ?? "", in: resource) else {
            let document = uri == base ? "this document" : "`\(uri)`"
            let fragment = reference.fragment ?? ""
            let hint = nearest(to: fragment, in: resource).map { " Did you mean `#\($0)`?" } ?? ""
            problem("There is nothing at `#\(fragment)` in \(document).\(hint)")
            return nil
        }
        library.scanBesides(place)
        return place
    }

    /// The place that a fragment names, which is an anchor or a JSON Pointer in percent-encoding (RFC 6901 section 6).
    private func place(of fragment: Substring, in resource: SchemaLibrary.Resource) -> Place? {
        guard let text = PercentEncoding.decode(fragment) else { return nil }
        guard text.isEmpty || text.hasPrefix("/") else {
            return resource.anchors[text].map { Place(document: resource.document, pointer: $0) }
        }
        guard let pointer = JSONPointer(parsing: text) else { return nil }
        let place = Place(
            document: resource.document, pointer: JSONPointer(resource.root.tokens + pointer.tokens))
        return library.value(at: place) == nil ? nil : place
    }

    /// An anchor, or a pointer that differs in its last token, which may have been meant.
    private func nearest(to fragment: Substring, in resource: SchemaLibrary.Resource) -> String? {
        guard let slash = fragment.lastIndex(of: "/") else {
            return Suggestion.nearest(to: String(fragment), among: resource.anchors.keys)
        }
        guard let last = JSONPointer(parsing: String(fragment[slash...]))?.tokens.first,
            let around = place(of: fragment[..<slash], in: resource),
            let name = Suggestion.nearest(to: last, among: library.value(at: around)?.objectValue?.keys ?? [])
        else { return nil }
        return "\(fragment[..<slash])\(JSONPointer([name]))"
    }

    mutating func readDefinitions(_ value: JSONValue, _ name: String) {
        // They are compiled even if nobody refers to them, for their mistakes.
        for name in object(value, name)?.keys ?? [] { _ = subschema(name) }
    }

    mutating func readAnchor(_ value: JSONValue, _ name: String) {
        let text = value.stringValue ?? ""
        let isName =
            text.utf8.first.map { $0.isASCIILetter || $0 == UInt8(ascii: "_") } ?? false
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0.isOne(of: "-._") }
        if !isName {
            problem("`\(name)` must be a name of letters, digits, `-`, `.` and `_` that begins with a letter or `_`.")
        }
    }
}
