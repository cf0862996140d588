import Cryptography
import Testing

@Suite struct Base64URLTests {
    /// RFC 4648 §10, without the padding, and one with both letters of the URL alphabet.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~???>>>", "fn5-Pz8_Pj4-"),
    ])
    func bytesAndTextGoBothWays(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
        #expect(Base64URL.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test func everyByteAtEveryPlaceComesBack() {
        for byte in UInt8.min...UInt8.max {
            for bytes in [[byte], [0, byte], [0, 0, byte], [255, byte, 255, byte]] {
                #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            }
        }
    }

    @Test(arguments: ["Zg==", "Zm8=", "Zm9v=", "+/+/", "Zm 9v", "Zm9v\n", "Z", "Zm9vY", "Zm9é", "Zm9\u{0}"])
    func paddingStrangersAndOddLengthsAreRefused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    /// The last letters of these differ from the canonical ones in bits that no byte holds.
    @Test(arguments: ["Zh", "Zn", "Zv", "Zm9", "Zm-", "Zm_"])
    func strayBitsAtTheEndAreRefused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func eachTextOfTwoLettersThatIsReadIsWrittenTheSame() {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var read = 0
        for first in letters {
            for second in letters {
                guard let bytes = Base64URL.decode("\(first)\(second)") else { continue }
                #expect(Base64URL.encode(bytes) == "\(first)\(second)")
                read += 1
            }
        }
        #expect(read == 256)
    }
}
