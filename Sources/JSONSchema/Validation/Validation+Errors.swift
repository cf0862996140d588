import JSON

extension Validation {
    /// What was found, in the order of the document.
    func errors() -> [ValidationError] {
        var errors: [ValidationError] = []
        var seen: Set<ValidationError> = []
        var mistyped: Set<JSONPointer> = []
        for finding in findings.enumerated().sorted(by: { Self.precedes($0, $1) }).map(\.element) {
            // What branches say of a value's type has been said by the member's own schema, and better.
            if case .type = finding.kind, !mistyped.insert(finding.pointer).inserted { continue }
            let error = ValidationError(
                pointer: finding.pointer, keyword: finding.keyword, message: finding.message + detail(of: finding))
            if seen.insert(error).inserted { errors.append(error) }
        }
        if isExhausted {
            let message = "The value is too complex to be checked."
            errors.insert(ValidationError(pointer: .root, keyword: "$ref", message: message), at: 0)
        }
        return Array(errors.prefix(Schema.maximumErrors))
    }

    private static func precedes(_ left: (offset: Int, element: Finding), _ right: (offset: Int, element: Finding))
        -> Bool
    {
        let (leftPlace, rightPlace) = (left.element.path.map(\.ordinal), right.element.path.map(\.ordinal))
        guard leftPlace == rightPlace else { return leftPlace.lexicographicallyPrecedes(rightPlace) }
        return left.offset < right.offset
    }

    private func detail(of finding: Finding) -> String {
        if case .nothing = finding.detail { return "" }
        let place = finding.path.map(\.token)
        let isSecret =
            place.contains { secretNames.contains($0) } || secretPlaces.contains { place.starts(with: $0) }
        if isSecret { return "" }
        return switch finding.detail {
        case .nothing: ""
        case .got(let value): ", got \(Wording.value(value))"
        case .has(let count): ", has \(count)"
        }
    }
}
