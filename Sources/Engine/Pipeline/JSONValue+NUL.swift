import JSON

extension JSONValue {
    /// Where a text contains U+0000: PostgreSQL cannot store it, and nobody means it.
    func placesOfNUL() -> [CommandFailure.FieldError] {
        var places: [CommandFailure.FieldError] = []
        collectNUL(at: "", into: &places)
        return places
    }

    /// Recursion is bounded: the parser refuses depth beyond its limit.
    private func collectNUL(at pointer: String, into places: inout [CommandFailure.FieldError]) {
        switch self {
        case .string(let text):
            if text.utf8.contains(0) {
                places.append(
                    .init(pointer: pointer, keyword: "pattern", message: "A text cannot contain U+0000 (NUL)."))
            }
        case .array(let items):
            for (index, item) in items.enumerated() { item.collectNUL(at: "\(pointer)/\(index)", into: &places) }
        case .object(let object):
            for (key, value) in object { value.collectNUL(at: "\(pointer)/\(key)", into: &places) }
        case .null, .bool, .number:
            break
        }
    }
}
