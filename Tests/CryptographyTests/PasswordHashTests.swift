import Testing

@testable import Cryptography

@Suite struct PasswordHashTests {
    /// Cheap parameters: these tests are about the strings, not about the work.
    private static let cheap = PasswordParameters.scrypt(logCost: 4, blockSize: 1, parallelization: 1)
    /// "open sesame", made with Python's hashlib.scrypt.
    private static let stored =
        "$scrypt$ln=4,r=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$LRGcxBRo5BjENXn5zpaL40YSC0XdjNlUcT3NvraTOxM"

    @Test func aPasswordOfAnotherImplementationIsVerified() throws {
        #expect(try PasswordHash.verify(Array("open sesame".utf8), against: Self.stored))
        #expect(try !PasswordHash.verify(Array("open sesam".utf8), against: Self.stored))
        #expect(try !PasswordHash.verify([], against: Self.stored))
    }

    @Test func whatIsMadeIsVerified() throws {
        let password = Array("correct horse".utf8)
        let phc = try PasswordHash.make(password, random: SystemRandom())
        #expect(try PasswordHash.verify(password, against: phc))
        #expect(try !PasswordHash.verify(Array("correct house".utf8), against: phc))
        #expect(!PasswordHash.needsRehash(phc))
        #expect(try PHCString(phc).description == phc)
    }

    @Test func theSamePasswordIsNeverStoredTheSameTwice() throws {
        let first = try PasswordHash.make([1], parameters: Self.cheap, random: SystemRandom())
        let second = try PasswordHash.make([1], parameters: Self.cheap, random: SystemRandom())
        #expect(first != second)
    }

    @Test func theRecommendedParametersAreOWASPs() throws {
        let phc = PHCString(parameters: .recommended, salt: .init(repeating: 0, count: 16), key: hex("00"))
        #if Argon2
            #expect(phc.description == "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AA")
        #else
            #expect(phc.description == "$scrypt$ln=14,r=8,p=5$AAAAAAAAAAAAAAAAAAAAAA$AA")
        #endif
    }

    @Test func otherParametersAskForARehash() {
        #expect(PasswordHash.needsRehash(Self.stored))
        #expect(!PasswordHash.needsRehash(Self.stored, parameters: Self.cheap))
        #expect(PasswordHash.needsRehash("junk"))
    }

    private static let tail = "MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    @Test(arguments: [
        "", "$", "plain text", "$scrypt", "$scrypt$$$", "$SCRYPT$ln=4,r=1,p=1$\(tail)", "scrypt$ln=4,r=1,p=1$\(tail)",
        "$scrypt$ln=4,r=1$\(tail)", "$scrypt$r=1,ln=4,p=1$\(tail)", "$scrypt$ln=04,r=1,p=1$\(tail)",
        "$scrypt$ln=+4,r=1,p=1$\(tail)", "$scrypt$ln=4,r=1,p=1,x=1$\(tail)", "$scrypt$ln=0,r=1,p=1$\(tail)",
        "$scrypt$ln=4,r=99999999999999999999,p=1$\(tail)", "$scrypt$ln=4,r=1,p=1$\(tail)=",
        "$scrypt$ln=4,r=1,p=1$\(tail)$", "$$ln=4,r=1,p=1$\(tail)", " $scrypt$ln=4,r=1,p=1$\(tail)",
        "$scrypt$ln=4,r=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$" + String(repeating: "A", count: 1000),
    ])
    func whatIsNoPHCStringIsRefused(text: String) {
        #expect(throws: CryptographyError.malformedPasswordHash) { try PasswordHash.verify([1], against: text) }
    }

    @Test func anUnknownAlgorithmIsNamed() {
        #expect(throws: CryptographyError.unsupportedPasswordAlgorithm("bcrypt-sha256")) {
            try PasswordHash.verify([1], against: "$bcrypt-sha256$v=2,t=2b,r=12$\(Self.tail)")
        }
        #if !Argon2
            #expect(throws: CryptographyError.unsupportedPasswordAlgorithm("argon2id")) {
                try PasswordHash.verify([1], against: "$argon2id$v=19$m=19456,t=2,p=1$\(Self.tail)")
            }
        #endif
    }

    @Test func aPasswordStoredInClearIsInNoError() {
        #expect(throws: CryptographyError.malformedPasswordHash) {
            try PasswordHash.verify([1], against: "$My Secret!$a$b")
        }
    }

    @Test(arguments: [
        "ln=18,r=8,p=1", "ln=14,r=9,p=1", "ln=14,r=8,p=11", "ln=9999999,r=8,p=1",
    ])
    func tooMuchWorkIsRefused(values: String) {
        #expect(throws: CryptographyError.passwordHashOutOfRange) {
            try PasswordHash.verify([1], against: "$scrypt$\(values)$\(Self.tail)")
        }
    }

    @Test(arguments: ["MDEyMw$\(String(repeating: "A", count: 43))", "MDEyMzQ1Njc4OWFiY2RlZg$AAAA", "$"])
    func aShortSaltOrKeyIsRefused(tail: String) {
        #expect(throws: CryptographyError.passwordHashOutOfRange) {
            try PasswordHash.verify([1], against: "$scrypt$ln=4,r=1,p=1$\(tail)")
        }
    }

    /// RFC 7914 §12, all but the last, which takes a gigabyte.
    @Test func scryptAgreesWithRFC7914() throws {
        let first = try Scrypt(cost: 16, blockSize: 1, parallelization: 1).derive([], salt: [], length: 64)
        #expect(
            first
                == hex(
                    """
                    77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
                    fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
                    """
                )
        )
        let second = try Scrypt(cost: 1024, blockSize: 8, parallelization: 16)
            .derive(Array("password".utf8), salt: Array("NaCl".utf8), length: 64)
        #expect(
            second
                == hex(
                    """
                    fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
                    2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
                    """
                )
        )
        let third = try Scrypt(cost: 16384, blockSize: 8, parallelization: 1)
            .derive(Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8), length: 64)
        #expect(
            third
                == hex(
                    """
                    7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
                    d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
                    """
                )
        )
    }

    /// "é" as one code point and as two; the Ångström sign; Hangul.
    @Test(arguments: [("caf\u{e9}", "cafe\u{301}"), ("\u{212b}", "\u{c5}"), ("\u{ac00}", "\u{1100}\u{1161}")])
    func twoSpellingsOfOnePasswordAreOne(left: String, right: String) {
        #expect(Secret(left).passwordBytes == Secret(right).passwordBytes)
    }

    @Test func otherPasswordsAreLeftAsTheyAre() {
        for text in ["", "plain", "caf\u{e9}", "ﬁ", "🦊🏽", "a b"] {
            #expect(Secret(text).passwordBytes == Array(text.utf8))
        }
    }
}
