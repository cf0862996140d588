import JSON

/// Turns a schema document into nodes, each reached place of it into one, so that recursive references end.
struct SchemaCompiler {
    let document: JSONValue
    let id: String?
    /// The schema object at hand, and its place.
    private(set) var schema: JSONObject = [:]
    private(set) var place = JSONPointer.root
    /// The node at hand.
    var node = SchemaNode()
    private var keyword = ""
    private var nodes: [SchemaNode] = []
    private var places: [JSONPointer] = []
    private var numbers: [JSONPointer: Int] = [:]
    private var problems: [(pointer: JSONPointer, message: String)] = []

    init(_ document: JSONValue, id: String?) {
        self.document = document
        self.id = id ?? document["$id"]?.stringValue
    }

    mutating func compile() throws(SchemaCompilationError) -> (nodes: [SchemaNode], secretNames: Set<String>) {
        _ = number(of: .root)
        var next = 0
        while next < nodes.count {
            compile(next)
            next += 1
        }
        refuseEndlessReferences()
        guard problems.isEmpty else { throw SchemaCompilationError(problems: problems) }
        var secrets = Secrets(nodes)
        secrets.spread()
        return (secrets.nodes, secrets.names)
    }

    private mutating func compile(_ number: Int) {
        place = places[number]
        node = SchemaNode()
        switch document.value(at: place) {
        case .bool(true): break
        case .bool(false): node.keywords = [Never()]
        case .object(let object):
            schema = object
            node.isSecret = Metadata.isSecret(object)
            node.expected = object["x-expected"]?.stringValue
            node.missing = object["x-missing"]?.stringValue
            checkNames()
            for (type, value) in Vocabularies.keywords(of: object) {
                keyword = type.name
                if let keyword = type.init(value, &self) { node.keywords.append(keyword) }
            }
        default:
            problems.append((place, "A schema must be an object, true or false."))
        }
        nodes[number] = node
    }

    private mutating func checkNames() {
        for (name, value) in schema {
            keyword = name
            if name == "$id", !place.tokens.isEmpty {
                problem("`$id` is understood at the root of the document only.")
            } else if let message = Metadata.problem(name, value) {
                problem(message)
            } else if !Vocabularies.isKeyword(name), !Vocabularies.silent.contains(name), !name.hasPrefix("x-") {
                let known = Vocabularies.silent.union(Vocabularies.names)
                let hint = Suggestion.nearest(to: name, among: known).map { " Did you mean `\($0)`?" }
                problem("The keyword `\(name)` is not known here.\(hint ?? "")")
            }
        }
    }

    /// The number of the schema at a place of the document, compiled in its turn.
    private mutating func number(of place: JSONPointer) -> Int {
        if let number = numbers[place] { return number }
        let number = nodes.count
        numbers[place] = number
        places.append(place)
        nodes.append(SchemaNode())
        return number
    }

    /// A schema under the keyword at hand, or under the one named, at `tokens` within its value.
    mutating func subschema(_ tokens: String..., of keyword: String? = nil) -> Int {
        number(of: JSONPointer(place.tokens + [keyword ?? self.keyword] + tokens))
    }

    /// A schema under the keyword at hand that applies to the same value.
    mutating func subschemaInPlace(_ tokens: String..., of keyword: String? = nil) -> Int {
        let number = number(of: JSONPointer(place.tokens + [keyword ?? self.keyword] + tokens))
        node.inPlace.append(number)
        return number
    }

    /// The schema at a place of the document that a reference names; nil if nothing is there.
    mutating func referenced(_ place: JSONPointer) -> Int? {
        guard document.value(at: place) != nil else { return nil }
        let number = number(of: place)
        node.inPlace.append(number)
        return number
    }

    /// Reports what is wrong with the keyword at hand, at `tokens` within its value.
    mutating func problem(_ message: String, at tokens: String...) {
        problems.append((JSONPointer(place.tokens + [keyword] + tokens), message))
    }

    private mutating func refuseEndlessReferences() {
        for number in EndlessReferences.find(in: nodes) {
            problems.append((places[number], "This schema refers to itself for the same value, without end."))
        }
    }
}
