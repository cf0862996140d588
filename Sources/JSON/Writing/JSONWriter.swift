/// Writes JSON without recursion: what is still to be written of each array and object waits on a stack.
struct JSONWriter {
    /// What is left of an array or object whose beginning is written.
    private enum Frame {
        case array(ArraySlice<JSONValue>)
        case object(ArraySlice<JSONObject.Member>)
    }

    private(set) var output: [UInt8] = []
    private let pretty: Bool
    private var frames: [Frame] = []

    init(pretty: Bool) {
        self.pretty = pretty
        output.reserveCapacity(256)
    }

    mutating func write(_ document: JSONValue) {
        begin(document)
        while let frame = frames.popLast() {
            switch frame {
            case .array(let items): write(items)
            case .object(let members): write(members)
            }
        }
    }

    /// Writes items up to one that has items itself, which comes next.
    private mutating func write(_ items: ArraySlice<JSONValue>) {
        for (place, item) in zip(items.indices, items) {
            separate(at: frames.count + 1)
            if item.hasParts { frames.append(.array(items[(place + 1)...])) }
            begin(item)
            if item.hasParts { return }
        }
        end(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: ArraySlice<JSONObject.Member>) {
        for (place, member) in zip(members.indices, members) {
            separate(at: frames.count + 1)
            output.appendQuoted(member.key)
            output.append(UInt8(ascii: ":"))
            if pretty { output.append(UInt8(ascii: " ")) }
            if member.value.hasParts { frames.append(.object(members[(place + 1)...])) }
            begin(member.value)
            if member.value.hasParts { return }
        }
        end(UInt8(ascii: "}"))
    }

    /// Writes a whole value, or the beginning of an array or object.
    private mutating func begin(_ value: JSONValue) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let value): output += value ? "true".utf8 : "false".utf8
        case .number(let value): output += value.text.utf8
        case .string(let value): output.appendQuoted(value)
        case .array(let items) where items.isEmpty: output += "[]".utf8
        case .object(let object) where object.isEmpty: output += "{}".utf8
        case .array(let items):
            output.append(UInt8(ascii: "["))
            frames.append(.array(items[...]))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            frames.append(.object(object.members[...]))
        }
    }

    private mutating func separate(at depth: Int) {
        // No value ends in an opening bracket: an empty array or object is written whole.
        if output.last != UInt8(ascii: "["), output.last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
        breakLine(at: depth)
    }

    private mutating func end(_ bracket: UInt8) {
        breakLine(at: frames.count)
        output.append(bracket)
    }

    private mutating func breakLine(at depth: Int) {
        guard pretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}

extension JSONValue {
    /// Whether it is an array or object that is not empty.
    fileprivate var hasParts: Bool {
        switch self {
        case .array(let items): !items.isEmpty
        case .object(let object): !object.isEmpty
        default: false
        }
    }
}
