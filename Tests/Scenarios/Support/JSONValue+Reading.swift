import JSON

extension JSONValue {
    /// An object; the order of members means nothing.
    init(members: [String: JSONValue]) {
        self = .object(JSONObject(members.map { ($0.key, $0.value) }))
    }

    /// A whole number.
    static func int(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }

    /// A whole number; nil for everything else.
    var int: Int? { intValue.map { Int($0) } }

    /// The elements of an array; none for everything else.
    var items: [JSONValue] { arrayValue ?? [] }

    /// Members reached one after the other; nil when one is missing.
    func at(_ path: String...) -> JSONValue? {
        var value: JSONValue? = self
        for step in path { value = value?[step] }
        return value
    }
}
