package import Cryptography

/// Where the key comes from that seals all others.
package enum MasterKeySource: Sendable, Equatable {
    /// A file of mode 0600, made on the first start, by its absolute path.
    case file(path: String)
    /// Given by the operator, 32 bytes or more.
    case given(SecretBytes)

    private static let leastBytes = 32

    /// Reads Base64 (either alphabet, padded or not) or hexadecimal digits.
    init(parsing text: String) throws(WrongValue) {
        let advice = "Make one with `openssl rand -base64 32`."
        guard let bytes = Self.hexadecimal(text) ?? Self.base64(text) else {
            throw WrongValue("is neither Base64 nor hexadecimal. \(advice)")
        }
        guard bytes.count >= Self.leastBytes else {
            throw WrongValue("has \(bytes.count) bytes, and needs \(Self.leastBytes) or more. \(advice)")
        }
        // Of 32 random bytes, fewer than 12 different ones do not happen; `00…00` and `abab…` are placeholders.
        guard Set(bytes).count >= 12 else { throw WrongValue("is not random, it looks like a placeholder. \(advice)") }
        self = .given(SecretBytes(bytes))
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.count >= leastBytes * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard digits[index].isLetterOrDigit, digits[index + 1].isLetterOrDigit,
                let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func base64(_ text: String) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == "=" }.count
        guard padding <= 2 else { return nil }
        let url = text.dropLast(padding).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return Base64URL.decode(String(url))
    }
}
