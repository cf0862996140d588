import JSON

/// `uniqueItems` (Validation section 6.4.3).
struct UniqueItems: Keyword {
    static let name = "uniqueItems"

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let isWanted = value.boolValue else {
            compiler.problem("`uniqueItems` must be true or false.")
            return nil
        }
        if !isWanted { return nil }
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value, items.count > 1 else { return }
        var places: [JSONValue: Int] = [:]
        for (place, item) in items.enumerated() {
            guard let earlier = places.updateValue(place, forKey: item) else { continue }
            run.report(Self.name, "must not have an item twice: items \(earlier) and \(place) (from 0) are equal")
            return
        }
    }
}
