import JSON

/// The documents that a schema consists of, and what can be referred to in them.
struct SchemaLibrary {
    typealias Place = SchemaCompiler.Place

    /// A schema with an identity of its own: the root of a document, or a subschema with `$id` (Core section 4.3.5).
    struct Resource {
        let uri: String
        let document: Int
        let root: JSONPointer
        let dialect: Dialect
        var anchors: [String: JSONPointer] = [:]
        var dynamicAnchors: [String: JSONPointer] = [:]
    }

    private let options: SchemaOptions
    private var documents: [(uri: String, value: JSONValue)] = []
    private(set) var resources: [Resource] = []
    private(set) var problems: [(place: Place, message: String)] = []
    private var numbers: [String: Int] = [:]
    /// By document; the outer before the inner.
    private var resourcesOfDocument: [[Int]] = []
    private var dialects: [String: Dialect] = [Metaschemas.uri: .standard]
    private var scannedBesides: Set<Place> = []

    init(options: SchemaOptions) { self.options = options }

    func uri(of document: Int) -> String { documents[document].uri }

    func value(at place: Place) -> JSONValue? { documents[place.document].value.value(at: place.pointer) }

    /// The number of the resource that a place belongs to.
    func resource(at place: Place) -> Int {
        let candidates = resourcesOfDocument[place.document]
        let tokens = place.pointer.tokens
        return candidates.last { tokens.starts(with: resources[$0].root.tokens) } ?? candidates[0]
    }

    /// Takes in a document that is found at `uri`.
    mutating func add(_ document: JSONValue, uri: String) {
        let number = documents.count
        let uri = URIReference(uri).withoutFragment
        documents.append((uri, document))
        resourcesOfDocument.append([])
        let root = Place(document: number, pointer: .root)
        if document["$id"]?.stringValue == nil {
            begin(uri, at: root, dialect: dialect(of: document, at: root, inherited: .standard))
        }
        scan(document, at: root, base: uri)
        // It can be called by its place as well as by its name.
        if numbers[uri] == nil { numbers[uri] = resourcesOfDocument[number][0] }
    }

    /// The number of the resource with that URI, which may have to be taken in.
    mutating func resource(_ uri: String) -> Int? {
        if let number = numbers[uri] { return number }
        guard let document = Metaschemas.document(uri) ?? options.documents(uri) else { return nil }
        add(document, uri: uri)
        return numbers[uri]
    }

    private mutating func begin(_ uri: String, at place: Place, dialect: Dialect) {
        let number = resources.count
        resources.append(Resource(uri: uri, document: place.document, root: place.pointer, dialect: dialect))
        resourcesOfDocument[place.document].append(number)
        guard let other = numbers[uri] else {
            numbers[uri] = number
            return
        }
        if resources[other].document == place.document {
            problems.append((place, "The `$id` `\(uri)` is that of another schema already."))
        }
    }

    /// Finds names in a schema and its subschemas; not in values such as those of `const`.
    private mutating func scan(_ value: JSONValue, at place: Place, base: String) {
        guard case .object(let schema) = value else { return }
        var base = base
        if let id = schema["$id"]?.stringValue {
            base = identify(id, schema, at: place, base: base)
        }
        addAnchors(of: schema, at: place)
        for (name, value) in schema {
            guard let keyword = Keyword.places[name] else { continue }
            let inside = place.pointer.appending(name)
            switch (Keyword.all[keyword].subschemas, value) {
            case (.value, _): scan(value, at: Place(document: place.document, pointer: inside), base: base)
            case (.items, .array(let items)):
                for (index, item) in items.enumerated() {
                    scan(item, at: Place(document: place.document, pointer: inside.appending(index)), base: base)
                }
            case (.members, .object(let members)):
                for (name, member) in members {
                    scan(member, at: Place(document: place.document, pointer: inside.appending(name)), base: base)
                }
            default: break
            }
        }
    }

    private mutating func identify(_ id: String, _ schema: JSONObject, at place: Place, base: String) -> String {
        let reference = URIReference(id)
        if let fragment = reference.fragment, !fragment.isEmpty {
            problems.append((inside(place, "$id"), "`$id` must not have a fragment; `$anchor` names a place."))
        }
        let uri = reference.resolved(against: URIReference(base)).withoutFragment
        let outer = resourcesOfDocument[place.document].isEmpty ? nil : resources[resource(at: place)].dialect
        begin(uri, at: place, dialect: dialect(of: .object(schema), at: place, inherited: outer ?? .standard))
        return uri
    }

    private mutating func addAnchors(of schema: JSONObject, at place: Place) {
        for name in ["$anchor", "$dynamicAnchor"] {
            guard let anchor = schema[name]?.stringValue else { continue }
            let resource = resource(at: place)
            if let other = resources[resource].anchors.updateValue(place.pointer, forKey: anchor),
                other != place.pointer
            {
                problems.append((inside(place, name), "The anchor `\(anchor)` stands at another place already."))
            }
            if name == "$dynamicAnchor" { resources[resource].dynamicAnchors[anchor] = place.pointer }
        }
    }

    private func inside(_ place: Place, _ name: String) -> Place {
        Place(document: place.document, pointer: place.pointer.appending(name))
    }

    /// Finds names in a schema that stands where none is expected, such as under a keyword that is not known.
    mutating func scanBesides(_ place: Place) {
        guard !isSchema(place), scannedBesides.insert(place).inserted, let value = value(at: place) else { return }
        scan(value, at: place, base: resources[resource(at: place)].uri)
    }

    /// Whether the keywords on the way to a place say that a schema stands there.
    private func isSchema(_ place: Place) -> Bool {
        var rest = place.pointer.tokens[...]
        while let name = rest.popFirst() {
            switch Keyword.places[name].map({ Keyword.all[$0].subschemas }) ?? .none {
            case .none: return false
            case .value: break
            case .items, .members: if rest.popFirst() == nil { return false }
            }
        }
        return true
    }

    private mutating func dialect(of schema: JSONValue, at place: Place, inherited: Dialect) -> Dialect {
        guard let text = schema["$schema"]?.stringValue else { return inherited }
        let uri = URIReference(text).withoutFragment
        if let dialect = dialects[uri] { return dialect }
        if options.refusesUnknown {
            problems.append((inside(place, "$schema"), "Only `\(Metaschemas.uri)` is understood."))
            return inherited
        }
        guard let metaschema = Metaschemas.document(uri) ?? options.documents(uri) else {
            let message =
                "The dialect `\(text)` is not known; draft 2020-12 is `\(Metaschemas.uri)`, others are metaschemas among "
                + "the documents given."
            problems.append((inside(place, "$schema"), message))
            return inherited
        }
        let dialect = dialect(by: metaschema, at: place)
        dialects[uri] = dialect
        return dialect
    }

    /// The dialect that a metaschema describes by `$vocabulary` (Core section 8.1.2).
    private mutating func dialect(by metaschema: JSONValue, at place: Place) -> Dialect {
        guard let named = metaschema["$vocabulary"]?.objectValue else { return .standard }
        var vocabularies: Set<Vocabulary> = []
        for (uri, isRequired) in named {
            if let vocabulary = Vocabulary(uri: uri) {
                vocabularies.insert(vocabulary)
            } else if isRequired == true {
                let message = "The dialect needs the vocabulary `\(uri)`, which is not known."
                problems.append((inside(place, "$schema"), message))
            }
        }
        return Dialect(vocabularies: vocabularies)
    }
}
