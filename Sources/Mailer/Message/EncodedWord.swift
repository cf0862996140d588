/// Text beyond ASCII in a header (RFC 2047).
enum EncodedWord {
    /// The longest word, with its `=?utf-8?Q?` and `?=` (RFC 2047 §2).
    private static let maximum = 75
    private static let frame = 12

    /// The text as words to be joined by folding white space, which readers drop.
    ///
    /// Each word holds whole Unicode scalars. The letters used are those allowed in a name (RFC 2047 §5.3), so that the
    /// words fit every header. `column` says how much of the first line is taken already.
    static func words(_ text: String, column: Int) -> [String] {
        let isMostlyASCII = text.utf8.count { $0 >= 0x80 } * 3 <= text.utf8.count
        var words: [String] = []
        var payload: [UInt8] = []
        var room = min(maximum, max(78 - column, frame + 12)) - frame
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            let longer = payload + bytes
            if size(longer, quoted: isMostlyASCII) > room {
                words.append(word(payload, quoted: isMostlyASCII))
                payload = bytes
                room = maximum - frame
            } else {
                payload = longer
            }
        }
        return words + [word(payload, quoted: isMostlyASCII)]
    }

    private static func size(_ payload: [UInt8], quoted: Bool) -> Int {
        quoted ? payload.reduce(0) { $0 + quotedByte($1).count } : (payload.count + 2) / 3 * 4
    }

    private static func word(_ payload: [UInt8], quoted: Bool) -> String {
        let body = quoted ? payload.flatMap(quotedByte) : Base64.encode(payload)
        return "=?utf-8?\(quoted ? "Q" : "B")?\(String(decoding: body, as: UTF8.self))?="
    }

    private static func quotedByte(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: " "): [UInt8(ascii: "_")]
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): [byte]
        case UInt8(ascii: "0")...UInt8(ascii: "9"): [byte]
        default: QuotedPrintable.hex(byte)
        }
    }
}
