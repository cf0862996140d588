/// URI templates (RFC 6570 section 2).
enum URITemplate {
    static func isTemplate(_ text: String) -> Bool {
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "{":
                let expression = rest.prefix { $0 != "}" }
                rest = rest[expression.endIndex...]
                guard rest.popFirst() == "}", isExpression(Substring(expression)) else { return false }
            case "%":
                guard isEscape(rest.prefix(2)) else { return false }
                rest = rest.dropFirst(2)
            case "\u{0}"..." ", "\"", "'", "<", ">", "\\", "^", "`", "|", "}", "\u{7F}"..."\u{9F}": return false
            default: break
            }
        }
        return true
    }

    private static func isExpression(_ expression: Substring) -> Bool {
        var names = expression
        if let first = expression.utf8.first, first.isOne(of: "+#./;?&=,!@|") { names = expression.dropFirst() }
        return names.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isVariable)
    }

    /// A name, and perhaps `*` or `:` and a length from 1 to 9999.
    private static func isVariable(_ text: Substring) -> Bool {
        var name = text
        if name.hasSuffix("*") {
            name = name.dropLast()
        } else if let colon = name.firstIndex(of: ":") {
            let length = name[name.index(after: colon)...]
            guard (1...4).contains(length.utf8.count), length.utf8.allSatisfy(\.isASCIIDigit), !length.hasPrefix("0")
            else { return false }
            name = name[..<colon]
        }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            var rest = part.unicodeScalars
            guard !rest.isEmpty else { return false }
            while let scalar = rest.popFirst() {
                if scalar == "%" {
                    guard isEscape(rest.prefix(2)) else { return false }
                    rest = rest.dropFirst(2)
                } else if !isNameCharacter(scalar) {
                    return false
                }
            }
            return true
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        let byte = UInt8(scalar.value)
        return byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_")
    }

    private static func isEscape(_ digits: Substring.UnicodeScalarView) -> Bool {
        digits.count == 2 && digits.allSatisfy { $0.isASCII && UInt8($0.value).isHexDigit }
    }
}
