import JSON

/// Turns schema documents into a program: each place of them that is reached becomes one node, so that recursive
/// references end.
struct SchemaCompiler {
    /// A place in one of the documents.
    struct Place: Hashable {
        let document: Int
        let pointer: JSONPointer
    }

    let options: SchemaOptions
    var library: SchemaLibrary
    /// The schema object at hand, and its place.
    private(set) var schema: JSONObject = [:]
    private(set) var place = Place(document: 0, pointer: .root)
    /// The node at hand.
    var node = Program.Node()
    var outline = Outline()
    var tables = Program.Tables()
    private var keyword = ""
    private var instructions: [Instruction] = []
    private var nodes: [Program.Node] = []
    private var outlines: [Outline] = []
    private var places: [Place] = []
    private var numbers: [Place: Int] = [:]
    private var problems: [(pointer: JSONPointer, message: String)] = []

    init(_ document: JSONValue, id: String?, options: SchemaOptions) {
        self.options = options
        library = SchemaLibrary(options: options)
        library.add(document, uri: id ?? "")
    }

    mutating func compile() throws(SchemaCompilationError) -> Program {
        _ = number(of: place)
        var next = 0
        repeat {
            while next < nodes.count {
                compile(next)
                next += 1
            }
            findDynamicAnchors()
        } while next < nodes.count
        refuseEndlessReferences()
        for (place, message) in library.problems { report(message, at: place) }
        guard problems.isEmpty else { throw SchemaCompilationError(problems: problems) }
        var secrets = Secrets(outlines)
        secrets.spread()
        return Program(
            nodes: nodes, instructions: instructions, tables: tables, outlines: secrets.outlines,
            secretNames: secrets.names.union(options.secretNames),
            maximumSteps: options.maximumSteps)
    }

    private mutating func compile(_ number: Int) {
        place = places[number]
        outline = Outline()
        node = Program.Node(resource: library.resource(at: place))
        let first = instructions.count
        switch library.value(at: place) {
        case .bool(true): break
        case .bool(false): emit(.never)
        case .object(let object):
            schema = object
            readOwnWords()
            for keyword in knownKeywords() {
                self.keyword = keyword.name
                if let value = object[keyword.name] { keyword.compile(&self, value) }
            }
        case .array where place.pointer.tokens.last == "items":
            report(
                "A schema must be an object, true or false; a list of them for the items is `prefixItems`.", at: place)
        default: report("A schema must be an object, true or false.", at: place)
        }
        joinRequired(from: first)
        node.instructions = first..<instructions.count
        if case .type(let types, _)? = instructions[first...].first { node.types = types }
        nodes[number] = node
        outlines[number] = outline
    }

    /// The keywords of the schema at hand that its dialect has, in the order in which they are checked.
    private mutating func knownKeywords() -> [Keyword] {
        let dialect = library.resources[node.resource].dialect
        var found: [Int] = []
        for name in schema.keys {
            if let place = Keyword.places[name] {
                if dialect.has(Keyword.all[place]) { found.append(place) }
            } else if options.refusesUnknown, !name.hasPrefix("x-") {
                keyword = name
                let hint = Suggestion.nearest(to: name, among: Keyword.places.keys).map { " Did you mean `\($0)`?" }
                problem("The keyword `\(name)` is not known here.\(hint ?? "")")
            }
        }
        return found.sorted().map { Keyword.all[$0] }
    }

    private mutating func readOwnWords() {
        outline.isSecret = schema["writeOnly"] == true || schema["format"] == "password"
        outline.expected = ownWords("x-expected")
        outline.missing = ownWords("x-missing")
    }

    private mutating func ownWords(_ name: String) -> String? {
        guard let value = schema[name] else { return nil }
        if value.stringValue == nil, options.refusesUnknown {
            keyword = name
            problem("`\(name)` must be a text.")
        }
        return value.stringValue
    }

    /// Lets the table of members see to `required`, where there is one.
    private mutating func joinRequired(from first: Int) {
        for place in first..<instructions.count {
            guard case .required(let names) = instructions[place] else { continue }
            for case .members(let table) in instructions[first...]
            where tables.members[table].require(tables.names[names]) {
                instructions.remove(at: place)
                return
            }
        }
    }

    mutating func emit(_ instruction: Instruction) { instructions.append(instruction) }

    /// Puts a value into a table, and an instruction with its place there behind the others.
    mutating func add<Value>(
        _ value: Value, to table: WritableKeyPath<Program.Tables, [Value]>, _ instruction: (Int) -> Instruction
    ) {
        tables[keyPath: table].append(value)
        emit(instruction(tables[keyPath: table].count - 1))
    }

    /// The number of the schema at a place, compiled in its turn.
    mutating func number(of place: Place) -> Int {
        if let number = numbers[place] { return number }
        let number = nodes.count
        numbers[place] = number
        places.append(place)
        nodes.append(Program.Node())
        outlines.append(Outline())
        return number
    }

    /// A schema under the keyword at hand, or under the one named, at `tokens` within its value.
    mutating func subschema(_ tokens: String..., of keyword: String? = nil) -> Int {
        number(of: under(keyword, tokens))
    }

    /// A schema under the keyword at hand that applies to the same value.
    mutating func subschemaInPlace(_ tokens: String..., of keyword: String? = nil) -> Int {
        let number = number(of: under(keyword, tokens))
        outline.inPlace.append(number)
        return number
    }

    /// A schema under the keyword at hand that applies to members or items that no name tells.
    mutating func otherSubschema(_ tokens: String...) -> Int {
        let number = number(of: under(nil, tokens))
        outline.others.append(number)
        return number
    }

    private func under(_ keyword: String?, _ tokens: [String]) -> Place {
        Place(
            document: place.document,
            pointer: JSONPointer(place.pointer.tokens + [keyword ?? self.keyword] + tokens))
    }

    /// Reports what is wrong with the keyword at hand, at `tokens` within its value.
    mutating func problem(_ message: String, at tokens: String...) { report(message, at: under(nil, tokens)) }

    private mutating func report(_ message: String, at place: Place) {
        let document = place.document == 0 ? "" : "In `\(library.uri(of: place.document))`: "
        problems.append((place.pointer, document + message))
    }

    /// Gives every dynamic reference the anchors of its name; their schemas are compiled too.
    private mutating func findDynamicAnchors() {
        for reference in tables.dynamicReferences.indices {
            let name = tables.dynamicReferences[reference].name
            for resource in library.resources.indices {
                guard let pointer = library.resources[resource].dynamicAnchors[name] else { continue }
                let place = Place(document: library.resources[resource].document, pointer: pointer)
                tables.dynamicReferences[reference].anchors[resource] = number(of: place)
            }
        }
    }

    private mutating func refuseEndlessReferences() {
        for number in EndlessReferences.find(in: outlines) {
            report("This schema refers to itself for the same value, without end.", at: places[number])
        }
    }
}
