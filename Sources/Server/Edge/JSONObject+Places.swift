import JSON

extension JSONObject {
    /// Puts a value where `names` lead, one object in the other; false, and nothing changed, when there is something
    /// already, or a value where a group of values would have to be.
    mutating func insert(_ value: JSONValue, at names: ArraySlice<String>) -> Bool {
        guard let name = names.first else { return false }
        guard names.count > 1 else {
            guard self[name] == nil else { return false }
            self[name] = value
            return true
        }
        guard var inner = (self[name] ?? [:]).objectValue else { return false }
        guard inner.insert(value, at: names.dropFirst()) else { return false }
        self[name] = .object(inner)
        return true
    }
}
