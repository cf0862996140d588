import JSON

@testable import Commands
@testable import Cryptography

/// A text that is taken for a token, and changes to genuine ones. What this server did not make is never taken for genuine.
enum TokenTarget {
    private static let hmac = require(
        try? HMACSHA256(key: SecretBytes(Array(repeating: 7, count: 32))), "there are keys")
    private static let key = require(
        try? SigningKey(scalar: SecretBytes(Array(repeating: 9, count: 32))), "there are keys")
    private static let payload: JSONValue = [
        "iss": "https://usher.example", "userId": 42, "sid": 7, "exp": 1_900_000_000,
    ]

    private static let refreshToken = NumberedToken(keyID: 1, numbers: [7, 3], code: code([7, 3])).text(.refresh)
    private static let linkToken = NumberedToken(keyID: 1, numbers: [7], code: code([7])).text(.link)
    private static let accessToken: String = {
        let header: JSONValue = ["alg": "ES256", "kid": .string(key.publicKey.thumbprint), "typ": "at+jwt"]
        let encoded = Array(Base64URL.encode(header.serialized()).utf8)
        let token = try? SignedToken.make(header: encoded, payload: payload.serialized(), signedWith: key)
        return require(token, "a token is signed").unredacted
    }()

    static func run(_ input: [UInt8]) {
        if let text = String(validating: input, as: UTF8.self) { checkAll(text) }
        for genuine in [refreshToken, linkToken, accessToken] {
            // libFuzzer begins with it.
            if input.isEmpty { require(isGenuine(genuine), "what was made here is genuine") }
            if let text = changed(genuine, by: input) { checkAll(text) }
        }
    }

    private static func checkAll(_ text: String) {
        require(
            !isGenuine(text) || [refreshToken, linkToken, accessToken].contains(text), "what was forged is refused")
        for (kind, count) in [(TokenKind.refresh, 2), (.link, 1)] {
            guard let token = NumberedToken(text, kind: kind, numbers: count) else { continue }
            require(token.text(kind) == text, "a token has one spelling")
            require(TokenKind.describe(text) == kind.name, "a token is of one kind")
        }
        require(
            !TokenKind.mismatch(text, wanted: "another").contains(text) || text.utf8.count < 60, "messages are silent")
    }

    private static func isGenuine(_ text: String) -> Bool {
        if let token = NumberedToken(text, kind: .refresh, numbers: 2) ?? NumberedToken(text, kind: .link, numbers: 1) {
            return token.keyID == 1 && constantTimeEquals(code(token.numbers), token.code)
        }
        let claims = SignedToken.claims(of: text) { $0 == key.publicKey.thumbprint ? key.publicKey : nil }
        require(claims.map { $0 == payload } ?? true, "claims are those that were signed")
        return claims != nil
    }

    private static func code(_ numbers: [Int64]) -> [UInt8] {
        hmac.authenticate(Array("fuzz".utf8), numbers.flatMap(\.bigEndianBytes))
    }

    /// The text after each three bytes of `changes` replaced, inserted or removed a character.
    private static func changed(_ text: String, by changes: [UInt8]) -> String? {
        var bytes = Array(text.utf8)
        for start in stride(from: 0, to: min(changes.count, 30) - 2, by: 3) {
            let place = (Int(changes[start]) << 1 | Int(changes[start + 1] >> 7)) % (bytes.count + 1)
            let byte = changes[start + 2]
            switch changes[start + 1] & 3 {
            case 0: bytes.insert(byte, at: place)
            case 1: if place < bytes.count { bytes.remove(at: place) }
            default: if place < bytes.count { bytes[place] = byte }
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
