/// Writes JSON without recursion: what is still to be written of each array and object waits on a stack.
struct JSONWriter {
    private enum Frame {
        case array(IndexingIterator<[JSONValue]>)
        case object(IndexingIterator<[(key: String, value: JSONValue)]>)
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
            case .array(var items):
                guard let item = items.next() else {
                    end(UInt8(ascii: "]"))
                    continue
                }
                frames.append(.array(items))
                separate()
                begin(item)
            case .object(var members):
                guard let member = members.next() else {
                    end(UInt8(ascii: "}"))
                    continue
                }
                frames.append(.object(members))
                separate()
                write(member.key)
                output.append(UInt8(ascii: ":"))
                if pretty { output.append(UInt8(ascii: " ")) }
                begin(member.value)
            }
        }
    }

    /// Writes a whole value, or the beginning of an array or object.
    private mutating func begin(_ value: JSONValue) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let value): output += value ? "true".utf8 : "false".utf8
        case .number(let value): output += value.text.utf8
        case .string(let value): write(value)
        case .array(let items) where items.isEmpty: output += "[]".utf8
        case .object(let object) where object.isEmpty: output += "{}".utf8
        case .array(let items):
            output.append(UInt8(ascii: "["))
            frames.append(.array(items.makeIterator()))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            frames.append(.object(object.makeIterator()))
        }
    }

    private mutating func separate() {
        // No value ends in an opening bracket: an empty array or object is written whole.
        if output.last != UInt8(ascii: "["), output.last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
        breakLine()
    }

    private mutating func end(_ bracket: UInt8) {
        breakLine()
        output.append(bracket)
    }

    private mutating func breakLine() {
        guard pretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * frames.count))
    }

    private mutating func write(_ string: String) {
        output.append(UInt8(ascii: "\""))
        let isWritten = string.utf8.withContiguousStorageIfAvailable { output.appendEscaped($0) } != nil
        if !isWritten { Array(string.utf8).withUnsafeBufferPointer { output.appendEscaped($0) } }
        output.append(UInt8(ascii: "\""))
    }
}
