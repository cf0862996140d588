import JSON

/// The order in which the parts of a value stand in its document. What is missing comes before the members that are there.
struct DocumentOrder {
    private let document: JSONValue

    init(of document: JSONValue) {
        self.document = document
    }

    /// What is at one place keeps its order.
    func sorted<Part>(_ parts: [Part], place: (Part) -> JSONPointer) -> [Part] {
        parts.enumerated().map { (path: path(to: place($0.element)), number: $0.offset, part: $0.element) }
            .sorted { $0.path == $1.path ? $0.number < $1.number : $0.path.lexicographicallyPrecedes($1.path) }
            .map(\.part)
    }

    /// The place of each member or item within what is around it.
    private func path(to pointer: JSONPointer) -> [Int] {
        var rest = document as JSONValue?
        return pointer.tokens.map { token in
            let place = rest?.objectValue?.place(of: token) ?? rest?.arrayValue.flatMap { _ in Int(token) } ?? -1
            rest = rest?.value(at: JSONPointer([token]))
            return place
        }
    }
}
