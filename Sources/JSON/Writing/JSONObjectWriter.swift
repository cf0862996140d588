/// Writes one flat JSON object straight to bytes, for those that are made with every request.
///
/// The caller names each member once: nothing checks that.
public struct JSONObjectWriter {
    private var output: [UInt8]

    /// Begins an object that takes about so many bytes.
    public init(capacity: Int = 256) {
        output = []
        output.reserveCapacity(capacity)
        output.append(UInt8(ascii: "{"))
    }

    /// Writes a member; nil is `null`.
    public mutating func write(_ name: String, _ text: String?) {
        begin(name)
        if let text { output.appendQuoted(text) } else { appendNull() }
    }

    /// Writes a member; nil is `null`.
    public mutating func write(_ name: String, _ number: Int64?) {
        begin(name)
        if let number { output += String(number).utf8 } else { appendNull() }
    }

    /// Writes a member.
    public mutating func write(_ name: String, _ flag: Bool) {
        begin(name)
        output += flag ? "true".utf8 : "false".utf8
    }

    /// Ends the object; its bytes in UTF-8.
    public consuming func finish() -> [UInt8] {
        output.append(UInt8(ascii: "}"))
        return output
    }

    private mutating func begin(_ name: String) {
        if output.count > 1 { output.append(UInt8(ascii: ",")) }
        output.appendQuoted(name)
        output.append(UInt8(ascii: ":"))
    }

    private mutating func appendNull() { output += "null".utf8 }
}
