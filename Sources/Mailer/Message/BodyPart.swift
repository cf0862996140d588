/// One form of a message's body, encoded for its way.
struct BodyPart {
    /// How bytes beyond ASCII travel.
    enum Style {
        /// For every server there is: ASCII only, short lines.
        case sevenBit
        /// As it is, for files that people read; falls back where a line is too long.
        case eightBit
    }

    /// `text/plain` or `text/html`.
    let type: String
    let transferEncoding: String
    /// Lines end in CRLF, but for the last.
    let bytes: [UInt8]

    init(_ text: String, type: String, style: Style) {
        let canonical = Self.canonical(text)
        self.type = type
        let isMostlyASCII = canonical.count { $0 >= 0x80 } * 3 <= canonical.count
        if style == .eightBit, Self.fitsLines(canonical) {
            (transferEncoding, bytes) = ("8bit", canonical)
        } else if isMostlyASCII {
            (transferEncoding, bytes) = ("quoted-printable", QuotedPrintable.encode(canonical))
        } else {
            (transferEncoding, bytes) = ("base64", Base64.encodeLines(canonical))
        }
    }

    /// The fields that describe the part, each with its CRLF.
    var header: String {
        "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: \(transferEncoding)\r\n"
    }

    /// Every line break as CRLF, and none at the end: a lone LF is what SMTP smuggling is made of.
    private static func canonical(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + text.utf8.count / 32)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): bytes += "\r\n".utf8
            default: bytes.append(byte)
            }
            previous = byte
        }
        while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    /// Whether the bytes may travel unencoded: no line over 998, no NUL (RFC 2045 §2.8).
    private static func fitsLines(_ bytes: [UInt8]) -> Bool {
        !bytes.contains(0) && bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 999 }
    }
}
