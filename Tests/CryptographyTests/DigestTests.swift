import Testing

@testable import Cryptography

@Suite struct DigestTests {
    /// FIPS 180-4, examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256AgreesWithTheStandard(message: String, digest: String) {
        #expect(SHA256.hash(message).bytes == hex(digest))
        #expect(SHA256.hash(Array(message.utf8)) == SHA256.hash(message))
    }

    struct MACVector: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String
    }

    /// RFC 4231 §4.2, 4.3, 4.4, 4.5, 4.7 and 4.8.
    static let macVectors = [
        MACVector(
            key: .init(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        MACVector(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        MACVector(
            key: .init(repeating: 0xaa, count: 20), message: .init(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        MACVector(
            key: Array(1...25), message: .init(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        MACVector(
            key: .init(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        MACVector(
            key: .init(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
            ),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: macVectors) func hmacAgreesWithRFC4231(vector: MACVector) throws {
        let hmac = try HMACSHA256(key: SecretBytes(vector.key))
        #expect(hmac.authenticate(vector.message) == hex(vector.code))
        // One object serves many messages, in parts too.
        let half = vector.message.count / 2
        #expect(
            hmac.authenticate(Array(vector.message[..<half]), [], Array(vector.message[half...])) == hex(vector.code))
        #expect(hmac.isValid(hex(vector.code), for: vector.message))
    }

    @Test func anHMACOfAnotherMessageOrKeyIsNotValid() throws {
        let hmac = try HMACSHA256(key: SecretBytes([1]))
        let code = hmac.authenticate([1, 2, 3])
        #expect(!hmac.isValid(code, for: [1, 2, 4]))
        #expect(!hmac.isValid(Array(code.dropLast()), for: [1, 2, 3]))
        #expect(!hmac.isValid([], for: [1, 2, 3]))
        #expect(try !HMACSHA256(key: SecretBytes([2])).isValid(code, for: [1, 2, 3]))
    }

    @Test func anEmptyKeyAndAnEmptyMessageHaveAnHMAC() throws {
        // Known to every implementation, as from Python's hmac.
        let code = hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(try HMACSHA256(key: SecretBytes([])).authenticate([]) == code)
    }

    struct KDFVector: Sendable {
        let key: [UInt8]
        let salt: [UInt8]
        let info: [UInt8]
        let output: String
    }

    /// RFC 5869 A.1 to A.3.
    static let kdfVectors = [
        KDFVector(
            key: .init(repeating: 0x0b, count: 22), salt: Array(0x00...0x0c), info: Array(0xf0...0xf9),
            output: """
                3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865
                """
        ),
        KDFVector(
            key: Array(0x00...0x4f), salt: Array(0x60...0xaf), info: Array(0xb0...0xff),
            output: """
                b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
                da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87
                """
        ),
        KDFVector(
            key: .init(repeating: 0x0b, count: 22), salt: [], info: [],
            output: """
                8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8
                """
        ),
    ]

    @Test(arguments: kdfVectors) func hkdfAgreesWithRFC5869(vector: KDFVector) throws {
        let expected = hex(vector.output)
        let key = SecretBytes(vector.key)
        let output = try HKDF.derive(key, info: vector.info, length: expected.count, salt: vector.salt)
        #expect(output.unredacted == expected)
    }

    @Test func keysForTwoPurposesDiffer() throws {
        let master = SecretBytes(SystemRandom().bytes(32))
        #expect(try HKDF.derive(master, info: "mail") == HKDF.derive(master, info: "mail"))
        #expect(try HKDF.derive(master, info: "mail") != HKDF.derive(master, info: "keys"))
        #expect(try HKDF.derive(master, info: "mail").count == 32)
    }
}
