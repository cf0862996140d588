import Cryptography
import JSON

/// The text of an access token: a JWT of the type `at+jwt` under ES256 (RFC 7519, RFC 7515 §3.1, RFC 9068 §2.1).
enum SignedToken {
    /// What every token of ours is shorter than.
    private static let maximumLength = 4096

    /// Signs a payload; `header` is the first part of the token, encoded already.
    static func make(header: [UInt8], payload: [UInt8], signedWith key: SigningKey) throws -> Secret {
        var token = header
        token.append(UInt8(ascii: "."))
        Base64URL.encode(payload, to: &token)
        let signature = try key.sign(token)
        token.append(UInt8(ascii: "."))
        Base64URL.encode(signature, to: &token)
        return Secret(String(decoding: token, as: UTF8.self))
    }

    /// The payload of a token that carries our signature; nil for every other text. `key` finds ours by its `kid`.
    ///
    /// Algorithm and type are pinned here, not taken from the header; `none`, HS256 and foreign key hints fail.
    static func claims(of token: String, key: (_ kid: String) -> VerifyingKey?) -> JSONValue? {
        guard token.utf8.count <= maximumLength else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = json(parts[0]), header["alg"] == "ES256", header["typ"] == "at+jwt",
            header["crit"] == nil, let key = header["kid"]?.stringValue.flatMap(key),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        let signed = Array(token.utf8.dropLast(parts[2].utf8.count + 1))
        return key.isValid(signature: signature, for: signed) ? json(parts[1]) : nil
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.decode(part).flatMap { try? JSONValue(parsing: $0) }
    }
}
