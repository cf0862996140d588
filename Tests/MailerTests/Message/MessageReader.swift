/// Reads a message as a mail program does: small, strict, and written from the RFCs, not from the builder.
struct MessageReader {
    struct Malformed: Error {
        let reason: String
    }

    struct Part {
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    let head: Part
    let parts: [Part]

    init(_ bytes: [UInt8]) throws {
        try Self.checkLines(bytes)
        head = try Self.part(bytes)
        let type = head["Content-Type"] ?? ""
        guard let range = type.firstRange(of: "boundary=\"") else {
            parts = [head]
            return
        }
        let boundary = type[range.upperBound...].prefix { $0 != "\"" }
        parts = try Self.split(head.body, at: String(boundary)).map(Self.part)
    }

    /// A field's value with its encoded words decoded.
    func text(of name: String) throws -> String {
        guard let value = head[name] else { throw Malformed(reason: "no \(name)") }
        return try Self.decodedWords(value)
    }

    func body(_ index: Int) throws -> String {
        let part = parts[index]
        let bytes =
            switch part["Content-Transfer-Encoding"] {
            case "quoted-printable": try Self.unquoted(part.body)
            case "base64": try Self.unbased(part.body)
            case "8bit": part.body
            case let other: throw Malformed(reason: "encoding \(other ?? "nil")")
            }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed(reason: "not UTF-8") }
        return text.replacing("\r\n", with: "\n")
    }

    /// CR and LF only together; no line over 998 bytes; no NUL.
    private static func checkLines(_ bytes: [UInt8]) throws {
        var length = 0
        for (index, byte) in bytes.enumerated() {
            let isCR = byte == 13
            let isLF = byte == 10
            if byte == 0 { throw Malformed(reason: "NUL") }
            if isCR, index + 1 == bytes.count || bytes[index + 1] != 10 { throw Malformed(reason: "lone CR") }
            if isLF, index == 0 || bytes[index - 1] != 13 { throw Malformed(reason: "lone LF") }
            length = isLF ? 0 : length + 1
            if length > 999 { throw Malformed(reason: "long line") }
        }
        guard bytes.suffix(2) == [13, 10] else { throw Malformed(reason: "no CRLF at the end") }
    }

    private static func part(_ bytes: [UInt8]) throws -> Part {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Malformed(reason: "no end of head") }
        var headers: [(name: String, value: String)] = []
        for line in String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            if line.first == " " {
                guard !headers.isEmpty else { throw Malformed(reason: "fold without field") }
                headers[headers.count - 1].value += line
            } else {
                guard let colon = line.firstIndex(of: ":") else { throw Malformed(reason: "no colon: \(line)") }
                headers.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        return Part(
            headers: headers.map { ($0.name, String($0.value.drop { $0 == " " })) },
            body: Array(bytes[end.upperBound...]))
    }

    private static func split(_ body: [UInt8], at boundary: String) throws -> [[UInt8]] {
        var rest = Array("\r\n".utf8) + body
        var parts: [[UInt8]] = []
        let delimiter = Array("\r\n--\(boundary)".utf8)
        while let range = rest.firstRange(of: delimiter) {
            parts.append(Array(rest[..<range.lowerBound]))
            rest = Array(rest[range.upperBound...])
            if rest.prefix(2) == Array("--".utf8)[...] { return parts.dropFirst().map { $0 } }
            guard rest.prefix(2) == [13, 10] else { throw Malformed(reason: "boundary inside a line") }
            rest.removeFirst(2)
        }
        throw Malformed(reason: "no last boundary")
    }
}

extension MessageReader {
    static func decodedWords(_ value: String) throws -> String {
        var text = ""
        var wasEncoded = false
        for (index, word) in value.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let isEncoded = word.hasPrefix("=?") && word.hasSuffix("?=")
            if index > 0, !(isEncoded && wasEncoded) { text += " " }
            text += isEncoded ? try decoded(word) : String(word)
            wasEncoded = isEncoded
        }
        return text
    }

    private static func decoded(_ word: Substring) throws -> String {
        guard word.utf8.count <= 75 else { throw Malformed(reason: "encoded word over 75") }
        let fields = word.dropFirst(2).dropLast(2).split(separator: "?", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].lowercased() == "utf-8" else { throw Malformed(reason: "word: \(word)") }
        let bytes =
            switch fields[1] {
            case "Q": try unquoted(Array(fields[2].replacing("_", with: "=20").utf8))
            case "B": try unbased(Array(fields[2].utf8))
            default: throw Malformed(reason: "word: \(word)")
            }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed(reason: "cut: \(word)") }
        return text
    }

    static func unquoted(_ bytes: [UInt8]) throws -> [UInt8] {
        var output: [UInt8] = []
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            var line = Array(line)
            let hadCR = line.last == 13
            if hadCR { line.removeLast() }
            guard line.count <= 76 else { throw Malformed(reason: "quoted-printable line over 76") }
            guard line.last != 32, line.last != 9 else { throw Malformed(reason: "space at the end of a line") }
            let isSoft = line.last == UInt8(ascii: "=")
            if isSoft { line.removeLast() }
            var rest = line[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "=") {
                    guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                        throw Malformed(reason: "bad escape")
                    }
                    output.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    guard 32...126 ~= byte || byte == 9 else { throw Malformed(reason: "byte \(byte)") }
                    output.append(byte)
                }
            }
            if hadCR, !isSoft { output += [13, 10] }
        }
        return output
    }

    static func unbased(_ bytes: [UInt8]) throws -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        guard bytes.split(separator: 10).allSatisfy({ $0.count <= 77 }) else { throw Malformed(reason: "line over 76") }
        let digits = bytes.filter { $0 != 13 && $0 != 10 }
        guard digits.count.isMultiple(of: 4) else { throw Malformed(reason: "base64 length") }
        var output: [UInt8] = []
        var bits: UInt32 = 0
        for (index, digit) in digits.enumerated() {
            let padding = digit == UInt8(ascii: "=") && index >= digits.count - 2
            guard let value = padding ? 0 : alphabet.firstIndex(of: digit) else { throw Malformed(reason: "base64") }
            bits = bits << 6 | UInt32(value)
            if index % 4 == 3 {
                output += [UInt8(bits >> 16 & 0xff), UInt8(bits >> 8 & 0xff), UInt8(bits & 0xff)]
                bits = 0
            }
        }
        return output.dropLast(digits.suffix(2).count { $0 == UInt8(ascii: "=") })
    }
}
