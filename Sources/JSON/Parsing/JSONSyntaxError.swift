/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Hashable {
    /// In bytes, from 0.
    public let offset: Int
    /// From 1.
    public let line: Int
    /// In code points, from 1.
    public let column: Int
    /// A sentence for people, with the place.
    public let message: String

    /// `reason` is what is wrong, without the place and the full stop.
    init(_ reason: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        let before = bytes[..<min(offset, bytes.count)]
        let newline = UInt8(ascii: "\n")
        self.offset = offset
        line = before.count { $0 == newline } + 1
        let lastLine = before.lastIndex(of: newline).map { before[($0 + 1)...] } ?? before
        // Bytes 10xxxxxx continue a code point.
        column = lastLine.count { $0 & 0xC0 != 0x80 } + 1
        message = "\(reason), at line \(line), column \(column)."
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String { message }
}
