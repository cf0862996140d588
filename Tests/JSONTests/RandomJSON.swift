import JSON

/// A generator of random numbers that repeats itself, so that a failure can be seen again (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension JSONValue {
    /// Any value, at most `depth` deep.
    static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &generator)))
        case 3: return .number(JSONNumber(Double.random(in: -1e9...1e9, using: &generator)))
        case 4: return .number(.random(using: &generator))
        case 5: return .string(.random(using: &generator))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            // Beyond 16 members an object has an index.
            let count = Int.random(in: 0..<(depth == 1 ? 30 : 5), using: &generator)
            return .object(
                JSONObject(
                    (0..<count).map { _ in
                        (String.random(using: &generator), random(depth: depth - 1, using: &generator))
                    }))
        }
    }
}

extension JSONNumber {
    /// A number as text: some digits, perhaps a point and an exponent.
    static func random(using generator: inout SeededGenerator) -> JSONNumber {
        var text = Bool.random(using: &generator) ? "-" : ""
        text += String(UInt64.random(in: 0...2000, using: &generator))
        if Bool.random(using: &generator) { text += ".\(UInt64.random(in: 0...200, using: &generator))" }
        if Bool.random(using: &generator) { text += "e\(Int.random(in: -400...400, using: &generator))" }
        return JSONNumber(text) ?? JSONNumber(0)
    }
}

extension String {
    /// Up to 12 code points, of all lengths in UTF-8 and with all that needs an escape.
    static func random(using generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let limit = [0x30, 0x80, 0x800, 0x10000, 0x110000].randomElement(using: &generator) ?? 0x80
            let value = UInt32.random(in: 0..<UInt32(limit), using: &generator)
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "x")
        }
        return text
    }
}
