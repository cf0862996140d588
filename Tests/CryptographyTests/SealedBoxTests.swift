import Testing

@testable import Cryptography

@Suite struct SealedBoxTests {
    private let key = SecretBytes(SystemRandom().bytes(32))
    private let plain = SecretBytes(Array("a private key".utf8))

    private func sealed() throws -> [UInt8] {
        try SealedBox.seal(plain, with: key, boundTo: "keys:private:17", random: SystemRandom())
    }

    @Test func aBoxOpensWithItsKeyAndContext() throws {
        #expect(try SealedBox.open(sealed(), with: key, boundTo: "keys:private:17") == plain)
    }

    @Test func anEmptyBoxOpensToo() throws {
        let box = try SealedBox.seal(SecretBytes([]), with: key, boundTo: "", random: SystemRandom())
        #expect(try SealedBox.open(box, with: key, boundTo: "") == SecretBytes([]))
    }

    @Test func theSamePlainTextIsNeverSealedTheSameTwice() throws {
        #expect(try sealed() != sealed())
    }

    @Test func aBoxIsVersionNonceCiphertextTag() throws {
        let box = try SealedBox.seal(plain, with: key, boundTo: "", random: FixedRandom())
        #expect(box.count == 1 + 12 + plain.count + 16)
        #expect(Array(box.prefix(13)) == [1] + Array(0...11))
    }

    @Test func aBoxInAnotherRowDoesNotOpen() throws {
        let box = try sealed()
        #expect(throws: CryptographyError.cannotOpen) {
            try SealedBox.open(box, with: key, boundTo: "keys:private:18")
        }
    }

    @Test func aBoxDoesNotOpenWithAnotherKey() throws {
        let box = try sealed()
        #expect(throws: CryptographyError.cannotOpen) {
            try SealedBox.open(box, with: SecretBytes(SystemRandom().bytes(32)), boundTo: "keys:private:17")
        }
    }

    @Test func aChangeOfAnyBitIsNoticed() throws {
        let box = try sealed()
        for index in box.indices {
            for bit in 0..<8 {
                var changed = box
                changed[index] ^= 1 << bit
                let expected: CryptographyError = index == 0 ? .unknownBoxVersion(changed[0]) : .cannotOpen
                #expect(throws: expected) { try SealedBox.open(changed, with: key, boundTo: "keys:private:17") }
            }
        }
    }

    @Test func aShortenedBoxDoesNotOpen() throws {
        let box = try sealed()
        for count in box.indices {
            #expect(throws: CryptographyError.cannotOpen) {
                try SealedBox.open(Array(box.prefix(count)), with: key, boundTo: "keys:private:17")
            }
        }
    }

    @Test(arguments: [0, 16, 31, 33]) func aKeyOfAnotherLengthIsRefused(count: Int) throws {
        let box = try sealed()
        let short = SecretBytes([UInt8](repeating: 1, count: count))
        #expect(throws: CryptographyError.invalidKey) {
            try SealedBox.seal(plain, with: short, boundTo: "", random: SystemRandom())
        }
        #expect(throws: CryptographyError.invalidKey) { try SealedBox.open(box, with: short, boundTo: "") }
    }

    /// Test case 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega), the 256-bit one with additional data.
    @Test func theCipherAgreesWithAPublishedVector() throws {
        let key = SecretBytes(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
        let nonce = hex("cafebabefacedbaddecaf888")
        let data = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let plain = hex(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
            b16aedf5aa0de657ba637b39
            """
        )
        let sealed = hex(
            """
            522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838
            c5f61e6393ba7a0abcc9f662 76fc6ece0f4e1768cddf8853bb2d551b
            """
        )
        let sealing = try AESGCM(key: key, nonce: nonce, additionalData: data, direction: .seal)
        #expect(try sealing.seal(plain) == sealed)
        let opening = try AESGCM(key: key, nonce: nonce, additionalData: data, direction: .open)
        #expect(try opening.open(sealed).unredacted == plain)
    }
}
