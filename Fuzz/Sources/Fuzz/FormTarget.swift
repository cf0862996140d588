import Engine
import JSON

@testable import Server

/// The bytes of a form. Its pairs are the same after they were encoded; as an object nothing is lost or made up.
enum FormTarget {
    static func run(_ input: [UInt8]) {
        let object = try? FormDecoder.object(input)
        guard let pairs = try? FormDecoder.pairs(input) else {
            require(object == nil, "a form that cannot be read is no object")
            return
        }
        let encoded = pairs.map { encode($0.name) + [UInt8(ascii: "=")] + encode($0.value) }.joined(separator: [
            UInt8(ascii: "&")
        ])
        require(
            (try? FormDecoder.pairs(Array(encoded))).map { $0 == pairs } ?? false, "pairs are read as they were written"
        )
        let names = pairs.map { Array($0.name.utf8) }
        if Set(names).count < names.count { require(object == nil, "a name that comes twice is refused") }
        guard let object else { return }
        var read: [FormDecoder.Pair] = []
        collect(.object(object), name: nil, depth: 0, &read)
        let order: (FormDecoder.Pair, FormDecoder.Pair) -> Bool = {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        require(read.sorted(by: order) == pairs.sorted(by: order), "an object has the pairs of the form, and no others")
    }

    private static func collect(_ value: JSONValue, name: String?, depth: Int, _ pairs: inout [FormDecoder.Pair]) {
        require(depth <= 8, "an object is 8 deep at most")
        switch value {
        case .string(let text): pairs.append(FormDecoder.Pair(name: name ?? "", value: text))
        case .object(let object):
            for member in object.members {
                let inner = name.map { "\($0).\(member.key)" } ?? member.key
                collect(member.value, name: inner, depth: depth + 1, &pairs)
            }
        default: require(false, "a form has texts only")
        }
    }

    private static func encode(_ text: String) -> [UInt8] {
        text.utf8.flatMap { byte in
            let digits = String(byte, radix: 16)
            return Array("%\(digits.count < 2 ? "0" : "")\(digits)".utf8)
        }
    }
}
