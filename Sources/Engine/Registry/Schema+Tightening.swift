import JSON
import JSONSchema

extension Schema {
    /// What an operator's schema refuses. Where inputs may have a number as decimal text, what it says of numbers holds
    /// for that text too: `{"maximum": 5}` is not got round by `"10"`.
    func mistakes(in payload: JSONValue) -> [ValidationError] {
        let errors = validate(payload)
        guard let numbers = payload.withDecimalTextsAsNumbers else { return errors }
        let places = Set(errors.map(\.pointer))
        return errors
            + validate(numbers).filter { Self.ofNumbers.contains($0.keyword) && !places.contains($0.pointer) }
    }

    private static let ofNumbers: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    ]
}

extension JSONValue {
    /// The value with each text that is a whole number as that number; nil if there is none.
    fileprivate var withDecimalTextsAsNumbers: JSONValue? {
        switch self {
        case .string(let text):
            // No more digits than fit, and none that another reader would take for something else.
            guard 1...18 ~= text.utf8.count, text.first != "+", let number = Int64(text) else { return nil }
            return .number(JSONNumber(number))
        case .array(let items):
            let changed = items.map(\.withDecimalTextsAsNumbers)
            return changed.contains { $0 != nil } ? .array(zip(changed, items).map { $0 ?? $1 }) : nil
        case .object(let members):
            var changed = members
            for (name, value) in members {
                if let number = value.withDecimalTextsAsNumbers { changed[name] = number }
            }
            return changed == members ? nil : .object(changed)
        default: return nil
        }
    }
}
