import JSON

/// Any bytes. What parses comes back the same after it was written; of what does not, the error says where.
enum JSONTarget {
    static func run(_ input: [UInt8]) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: input)
        } catch {
            require((0...input.count).contains(error.offset), "the error lies in the text")
            require(error.line >= 1 && error.column >= 1 && error.column <= input.count + 1, "its place is a place")
            return
        }
        for pretty in [false, true] {
            let written = value.serialized(pretty: pretty)
            let back = require(try? JSONValue(parsing: written), "what is written parses")
            require(back == value && back.hashValue == value.hashValue, "what is written means the same")
            require(back.serialized(pretty: pretty) == written, "it is written the same again")
        }
        var numbers: [JSONNumber] = []
        look(at: value, at: .root, within: value, &numbers)
        for left in numbers { for right in numbers { compare(left, right) } }
    }

    /// Finds every part by its pointer.
    private static func look(
        at part: JSONValue, at pointer: JSONPointer, within document: JSONValue, _ numbers: inout [JSONNumber]
    ) {
        require(JSONPointer(parsing: pointer.description) == pointer, "a pointer is read as it was written")
        require(document.value(at: pointer).map { $0 == part } ?? false, "a pointer leads to its part")
        switch part {
        case .number(let number): if numbers.count < 8 { numbers.append(number) }
        case .array(let items):
            for (place, item) in items.prefix(20).enumerated() {
                look(at: item, at: pointer.appending(place), within: document, &numbers)
            }
        case .object(let object):
            for member in object.members.prefix(20) {
                look(at: member.value, at: pointer.appending(member.key), within: document, &numbers)
            }
        default: break
        }
    }

    private static func compare(_ left: JSONNumber, _ right: JSONNumber) {
        let relations = [left < right, left == right, left > right]
        require(relations.count { $0 } == 1, "\(left) is less than, equal to or more than \(right)")
        if left == right { require(left.hashValue == right.hashValue, "equal numbers have one hash") }
        if left < right { require(left.double <= right.double, "\(left) < \(right) holds for the nearest doubles") }
        let divides = left.isMultiple(of: right)
        if left == right { require(divides, "\(left) is a multiple of itself") }
        if divides, right.isInteger { require(left.isInteger, "multiples of the whole \(right) are whole") }
        require(left.isMultiple(of: JSONNumber(1)) == left.isInteger, "\(left) is whole, or no multiple of 1")
    }
}
