#if Argon2
    import Testing

    @testable import Cryptography

    @Suite struct Argon2idTests {
        /// RFC 9106 §5.3.
        @Test func argon2idAgreesWithRFC9106() throws {
            let key = try Argon2id(memory: 32, passes: 3, lanes: 4).derive(
                .init(repeating: 1, count: 32),
                salt: .init(repeating: 2, count: 16),
                secret: .init(repeating: 3, count: 8),
                associatedData: .init(repeating: 4, count: 12),
                length: 32
            )
            #expect(key == hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"))
        }

        /// From test.c of the reference implementation.
        @Test(arguments: [
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        ])
        func aPasswordOfTheReferenceImplementationIsVerified(phc: String) throws {
            #expect(try PasswordHash.verify(Array("password".utf8), against: phc))
            #expect(try !PasswordHash.verify(Array("Password".utf8), against: phc))
            #expect(PasswordHash.needsRehash(phc))
            #expect(try PHCString(phc).description == phc)
        }

        private static let tail = "MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

        @Test(arguments: [
            "m=262145,t=2,p=1", "m=19456,t=11,p=1", "m=19456,t=2,p=17", "m=7,t=2,p=1", "m=15,t=1,p=2",
        ])
        func workOutOfRangeIsRefused(values: String) {
            #expect(throws: CryptographyError.passwordHashOutOfRange) {
                try PasswordHash.verify([1], against: "$argon2id$v=19$\(values)$\(Self.tail)")
            }
        }

        @Test(arguments: ["$argon2id$m=256,t=2,p=1$", "$argon2id$v=16$m=256,t=2,p=1$", "$argon2id$v=19$t=2,m=256,p=1$"])
        func anotherVersionOrOrderIsRefused(head: String) {
            #expect(throws: CryptographyError.malformedPasswordHash) {
                try PasswordHash.verify([1], against: head + Self.tail)
            }
        }

        @Test(arguments: ["argon2i", "argon2d"]) func theWeakerVariantsAreUnsupported(name: String) {
            #expect(throws: CryptographyError.unsupportedPasswordAlgorithm(name)) {
                try PasswordHash.verify([1], against: "$\(name)$v=19$m=256,t=2,p=1$\(Self.tail)")
            }
        }

        @Test func whatTheLibraryRefusesIsSaid() {
            #expect(throws: CryptographyError.library(function: "argon2_ctx", reason: "Salt is too short")) {
                try Argon2id(memory: 32, passes: 1, lanes: 1).derive([1], salt: [1], length: 32)
            }
        }
    }
#endif
