import Foundation

/// A part's bytes before its Content-Transfer-Encoding (RFC 2045 §6).
func transferDecoded(_ text: String, encoding: String) -> String {
    switch encoding.lowercased() {
    case "quoted-printable": quotedPrintableDecoded(text)
    case "base64":
        String(decoding: Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data(), as: UTF8.self)
    default: text
    }
}

/// Text in quoted-printable (RFC 2045 §6.7), decoded as UTF-8.
func quotedPrintableDecoded(_ text: String) -> String {
    let bytes = Array(text.replacingOccurrences(of: "\r\n", with: "\n").utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "="), index + 1 < bytes.count {
            if bytes[index + 1] == UInt8(ascii: "\n") {
                index += 2
                continue
            }
            let digits = String(decoding: bytes[(index + 1)..<min(index + 3, bytes.count)], as: UTF8.self)
            if let byte = UInt8(digits, radix: 16) {
                result.append(byte)
                index += 3
                continue
            }
        }
        result.append(bytes[index])
        index += 1
    }
    return String(decoding: result, as: UTF8.self)
}

/// A header's text with its encoded words read (RFC 2047).
func headerDecoded(_ text: String) -> String {
    // White space between two encoded words is no part of the text (§6.2).
    let joined = text.replacing(/\?=\s+=\?/, with: "?==?")
    return joined.replacing(/=\?[^?]+\?([QqBb])\?([^?]*)\?=/) { match in
        match.1.lowercased() == "b"
            ? transferDecoded(String(match.2), encoding: "base64")
            : quotedPrintableDecoded(match.2.replacingOccurrences(of: "_", with: " "))
    }
}
