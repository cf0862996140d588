import Testing

@testable import Cryptography

@Suite struct SigningTests {
    /// The key, input and signature of RFC 7515 A.3.
    private enum RFC7515 {
        static let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        static let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        static let d = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
        static let input = """
            eyJhbGciOiJFUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ
            """
        static let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    }

    private func publicKey() throws -> VerifyingKey {
        try VerifyingKey(x: #require(Base64URL.decode(RFC7515.x)), y: #require(Base64URL.decode(RFC7515.y)))
    }

    @Test func theSignatureOfRFC7515IsValid() throws {
        let signature = try #require(Base64URL.decode(RFC7515.signature))
        #expect(try publicKey().isValid(signature: signature, for: Array(RFC7515.input.utf8)))
        #expect(try !publicKey().isValid(signature: signature, for: Array(RFC7515.input.utf8) + [0]))
    }

    /// RFC 6979 A.2.5, SHA-256 with "sample".
    @Test func theSignatureOfRFC6979IsValid() throws {
        let key = try VerifyingKey(
            x: hex("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"),
            y: hex("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299")
        )
        let r = hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716")
        let s = hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")
        #expect(key.isValid(signature: r + s, for: Array("sample".utf8)))
        #expect(!key.isValid(signature: s + r, for: Array("sample".utf8)))
    }

    @Test func thePublicKeyFollowsFromTheScalar() throws {
        let scalar = SecretBytes(try #require(Base64URL.decode(RFC7515.d)))
        let key = try SigningKey(scalar: scalar)
        #expect(try key.publicKey == publicKey())
        #expect(try key.scalar == scalar)
        #expect(try publicKey().isValid(signature: key.sign([1, 2, 3]), for: [1, 2, 3]))
    }

    /// The digest was made with Python's hashlib over the JSON text of RFC 7638 §3.
    @Test func theThumbprintAgreesWithAnotherImplementation() throws {
        #expect(try publicKey().thumbprint == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
    }

    @Test func aNewKeySignsAndCanBeStored() throws {
        let key = try SigningKey.generate()
        let restored = try SigningKey(scalar: key.scalar)
        #expect(restored.publicKey == key.publicKey)
        #expect(restored.publicKey.thumbprint == key.publicKey.thumbprint)
        #expect(try key.publicKey.isValid(signature: restored.sign([]), for: []))
        #expect(try SigningKey.generate().publicKey != key.publicKey)
    }

    @Test func junkIsNoSignature() throws {
        let key = try SigningKey.generate()
        let valid = try key.sign([1])
        let zero = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xff, count: 64)
        let junk: [[UInt8]] = [
            [], Array(valid.dropLast()), valid + [0], zero + zero, zero + valid.suffix(32), valid.prefix(32) + zero,
            ones,
            try ECDSASignature.der(fromRaw: valid) ?? [],
        ]
        #expect(key.publicKey.isValid(signature: valid, for: [1]))
        for signature in junk { #expect(!key.publicKey.isValid(signature: signature, for: [1])) }
    }

    @Test func aSignatureHas64BytesHoweverSmallItsNumbers() throws {
        // About one in 128 signatures has a number with a leading zero byte.
        let key = try SigningKey.generate()
        for count in 0..<600 {
            let message = [UInt8](repeating: 7, count: count)
            let signature = try key.sign(message)
            #expect(signature.count == 64)
            #expect(key.publicKey.isValid(signature: signature, for: message))
        }
    }

    /// Zero, the order of the curve, all ones; too short and too long.
    @Test(arguments: [
        hex("0000000000000000000000000000000000000000000000000000000000000000"),
        hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
        hex("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        [], [1], [UInt8](repeating: 1, count: 33),
    ])
    func aScalarOutOfRangeIsRefused(scalar: [UInt8]) {
        #expect(throws: CryptographyError.invalidKey) { try SigningKey(scalar: SecretBytes(scalar)) }
    }

    @Test func aPointOffTheCurveIsRefused() throws {
        let key = try publicKey()
        var x = key.x
        x[31] ^= 1
        #expect(throws: CryptographyError.invalidKey) { try VerifyingKey(x: x, y: key.y) }
        #expect(throws: CryptographyError.invalidKey) { try VerifyingKey(x: Array(key.x.dropLast()), y: key.y) }
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(throws: CryptographyError.invalidKey) { try VerifyingKey(x: zero, y: zero) }
    }

    @Test func eightThreadsSignWithOneKey() async throws {
        let key = try SigningKey.generate()
        let pool = HashingPool(threads: 8, queueLimit: 64)
        defer { pool.shutdown() }
        let valid = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<64 {
                group.addTask {
                    try await pool.run {
                        try (0..<50).count { index in
                            let message = [UInt8(number), UInt8(index)]
                            return try key.publicKey.isValid(signature: key.sign(message), for: message)
                        }
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(valid == 64 * 50)
    }
}
