import JSON

extension JSONValue {
    /// Where a text or a name contains U+0000: PostgreSQL cannot store it, and nobody means it. At most 20 places.
    func placesOfNUL() -> [CommandFailure.FieldError] {
        var places: [CommandFailure.FieldError] = []
        collectNUL(at: .root, into: &places)
        return places
    }

    /// Recursion is bounded: the parser refuses depth beyond its limit.
    private func collectNUL(at pointer: JSONPointer, into places: inout [CommandFailure.FieldError]) {
        guard places.count < 20 else { return }
        switch self {
        case .string(let text):
            if text.utf8.contains(0) { places.append(.nul(at: pointer, pointer.nameInSentences)) }
        case .array(let items):
            for (index, item) in items.enumerated() { item.collectNUL(at: pointer.appending(index), into: &places) }
        case .object(let object):
            for (key, value) in object {
                if key.utf8.contains(0) { places.append(.nul(at: pointer, "A field's name")) }
                value.collectNUL(at: pointer.appending(key), into: &places)
            }
        case .null, .bool, .number:
            break
        }
    }
}

extension CommandFailure.FieldError {
    fileprivate static func nul(at pointer: JSONPointer, _ subject: String) -> Self {
        Self(
            pointer: pointer.description, keyword: "pattern",
            message: "\(subject) cannot contain the character U+0000 (NUL). Leave it out.")
    }
}

extension JSONPointer {
    /// Such as `license.externalRef`; a name with a NUL in it is not repeated.
    fileprivate var nameInSentences: String {
        let name = tokens.joined(separator: ".")
        return name.isEmpty || name.utf8.contains(0) || name.utf8.count > 100 ? "A text" : "`\(name)`"
    }
}
