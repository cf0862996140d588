import Cryptography
import Foundation
import Testing

@Suite struct SecretTests {
    private struct Login: Decodable {
        let password: Secret
    }

    /// Every way to make a text of a value that the standard library has.
    private func prints(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(describing: value), String(reflecting: value), "\([value])", dumped]
    }

    @Test func aSecretIsNeverPrinted() {
        for text in prints(of: Secret("hunter2")) + prints(of: Login(password: Secret("hunter2"))) {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("[redacted]"))
        }
        #expect(Mirror(reflecting: Secret("hunter2")).children.isEmpty)
    }

    @Test func secretBytesAreNeverPrinted() {
        for text in prints(of: SecretBytes([201, 202, 203])) {
            #expect(!text.contains("201") && !text.contains("c9"))
            #expect(text.contains("[redacted]"))
        }
    }

    @Test func aSecretIsDecodedFromAString() throws {
        let login = try JSONDecoder().decode(Login.self, from: Data(#"{"password":"hunter2"}"#.utf8))
        #expect(login.password.unredacted == "hunter2")
    }

    @Test func aSecretCannotBeEncodedByAccident() {
        #expect(!((Secret("hunter2") as Any) is any Encodable))
        #expect(!((SecretBytes([1]) as Any) is any Encodable))
    }

    @Test func secretsAreEqualByTheirBytes() {
        #expect(Secret("é") == Secret("\u{e9}"))
        #expect(Secret("e\u{301}") != Secret("\u{e9}"))
        #expect(SecretBytes([1, 2]) == SecretBytes([1, 2]))
        #expect(SecretBytes([1, 2]) != SecretBytes([1, 3]))
        #expect(SecretBytes([1, 2]) != SecretBytes([1, 2, 0]))
        #expect(SecretBytes([]) == SecretBytes([]))
    }

    @Test(
        arguments: [
            ([], [], true), ([0], [0], true), ([1, 2, 3], [1, 2, 3], true),
            ([], [0], false), ([1, 2, 3], [1, 2, 4], false), ([1, 2, 3], [0, 2, 3], false),
            ([1, 2], [1, 2, 3], false),
        ] as [([UInt8], [UInt8], Bool)])
    func constantTimeEqualityIsEquality(left: [UInt8], right: [UInt8], same: Bool) {
        #expect(constantTimeEquals(left, right) == same)
    }
}
