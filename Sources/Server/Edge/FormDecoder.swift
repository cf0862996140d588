import Engine
import JSON

/// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1), more strictly than browsers do.
enum FormDecoder {
    struct Pair: Equatable {
        let name: String
        let value: String
    }

    /// How many dots a name may have, as JSON has a limit to its depth.
    private static let maximumDepth = 8

    /// The pairs in their order.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT` for a `%` without two hexadecimal digits, and for bytes that are not UTF-8.
    static func pairs(_ bytes: [UInt8]) throws(CommandFailure) -> [Pair] {
        var pairs: [Pair] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]), let value = decode(halves.count > 1 ? halves[1] : []) else {
                throw .invalidInput(
                    "", keyword: "format", "The form is not percent-encoded UTF-8. Encode `%` as `%25`.")
            }
            pairs.append(Pair(name: name, value: value))
        }
        return pairs
    }

    /// The form as an object of texts; `license.seats=2` becomes `{"license":{"seats":"2"}}`.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT`, also for a name that comes twice.
    static func object(_ bytes: [UInt8]) throws(CommandFailure) -> JSONObject {
        var object = JSONObject()
        for pair in try pairs(bytes) {
            let names = pair.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard names.count <= maximumDepth, object.insert(.string(pair.value), at: names[...]) else {
                throw .invalidInput(
                    JSONPointer(names).description, keyword: "uniqueItems",
                    "`\(pair.name.prefix(100))` comes twice, or is a value and a group of values at once.")
            }
        }
        return object
    }

    private static func decode(_ bytes: some Collection<UInt8>) -> String? {
        let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let text = String(validating: spaced, as: UTF8.self) else { return nil }
        return text.utf8.contains(UInt8(ascii: "%")) ? PercentEncoding.decode(text) : text
    }
}
