extension JSONValue {
    /// What `pointer` points at; nil if there is nothing. A place in an array has no leading zeros, and `-` is nothing.
    public func value(at pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            guard let next = value.child(token) else { return nil }
            value = next
        }
        return value
    }

    private func child(_ token: String) -> JSONValue? {
        switch self {
        case .object(let object): return object[token]
        case .array(let items):
            guard let place = Int(token), String(place) == token, items.indices.contains(place) else { return nil }
            return items[place]
        default: return nil
        }
    }
}
