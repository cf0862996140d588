/// Reads JSON without recursion: finished values wait on a stack until the array or object around them ends.
struct JSONParser: ~Copyable {
    /// An array or object that has begun. Not private: the compiler (6.3.1) cannot destroy a stack of those in another file.
    struct Frame {
        let isObject: Bool
        /// Where its values begin on the stack of values.
        let firstValue: Int
        /// Where its names begin on the stack of names.
        let firstName: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Holds a string with escapes while it is read.
    var scratch: [UInt8] = []
    /// Of the string that is read.
    var hasOnlyASCII = true
    var namesRead = 0
    var cachedNames: [CachedName] = []
    private let limits: JSONLimits
    private var frames = ParserStack<Frame>(capacity: 8)
    private var values = ParserStack<JSONValue>(capacity: 16)
    private var names = ParserStack<String>(capacity: 16)
    /// Where each name on the stack stands in the text.
    private var offsets = ParserStack<Int>(capacity: 16)

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(JSONSyntaxError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error("A byte order mark is not part of JSON", at: 0) }
        skipSpace()
        while true {
            guard let value = try valueOrOpening() else { continue }
            if let document = try finish(value) { return document }
        }
    }

    /// A whole value, or nil after the beginning of an array or object that is not empty.
    private mutating func valueOrOpening() throws(JSONSyntaxError) -> JSONValue? {
        switch peek() {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"):
            try open(isObject: true)
            if take(UInt8(ascii: "}")) { return try closeObject() }
            try readName()
            return nil
        case UInt8(ascii: "["):
            try open(isObject: false)
            if take(UInt8(ascii: "]")) { return closeArray() }
            return nil
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try readNumber())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw unexpected(wanted: "a value")
        }
    }

    /// Puts a value where it belongs and closes what ends after it; the document if that was the end of it.
    private mutating func finish(_ finished: consuming JSONValue) throws(JSONSyntaxError) -> JSONValue? {
        var value = finished
        while frames.count > 0 {
            let isObject = frames.last.isObject
            values.push(value)
            skipSpace()
            switch peek() {
            case UInt8(ascii: ","):
                position += 1
                skipSpace()
                if isObject { try readName() }
                return nil
            case UInt8(ascii: "}") where isObject:
                position += 1
                value = try closeObject()
            case UInt8(ascii: "]") where !isObject:
                position += 1
                value = closeArray()
            default:
                throw unexpected(wanted: isObject ? "`,` or `}`" : "`,` or `]`")
            }
        }
        skipSpace()
        guard position == bytes.count else { throw unexpected(wanted: "the end") }
        return value
    }

    private mutating func open(isObject: Bool) throws(JSONSyntaxError) {
        guard frames.count < limits.maximumDepth else {
            throw error("The JSON is nested deeper than \(limits.maximumDepth) levels")
        }
        frames.push(Frame(isObject: isObject, firstValue: values.count, firstName: names.count))
        position += 1
        skipSpace()
    }

    private mutating func readName() throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: "\"") else { throw unexpected(wanted: "a member's name in double quotes") }
        offsets.push(position)
        names.push(try readMemberName())
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected(wanted: "`:`") }
        skipSpace()
    }

    private mutating func closeArray() -> JSONValue {
        let first = frames.pop().firstValue
        guard first < values.count else { return .array([]) }
        return .array(values.popAll(from: first))
    }

    private mutating func closeObject() throws(JSONSyntaxError) -> JSONValue {
        let frame = frames.pop()
        guard frame.firstName < names.count else { return .object(JSONObject()) }
        let members = ParserStack.popMembers(
            names: &names, from: frame.firstName, values: &values, from: frame.firstValue)
        var repeated: Int?
        let object = JSONObject(parsed: members, repeatedAt: &repeated)
        if let repeated {
            let name = members[repeated].key
            let offset = offsets[frame.firstName + repeated]
            throw error("The name `\(name.prefix(60))` comes twice in one object", at: offset)
        }
        offsets.removeAll(from: frame.firstName)
        return .object(object)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount where peek(offset) != word.utf8Start[offset] {
            throw error("Expected a value, found an unknown word")
        }
        position += word.utf8CodeUnitCount
        return value
    }
}
