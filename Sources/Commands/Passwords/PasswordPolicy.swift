import Cryptography
import Engine

/// Which passwords are accepted (NIST SP 800-63B-4 §3.1.1: length and a blocklist, no composition rules).
package struct PasswordPolicy: Sendable {
    package static let minimumCharacters = 8
    package static let maximumBytes = 1024

    let common: CommonPasswords
    let appName: String

    /// Checks a new password that was typed twice.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT` at `/confirm`, or `PASSWORD_TOO_WEAK`.
    func check(_ password: Secret, repeated: Secret, email: EmailAddress, name: String) throws {
        if password != repeated {
            throw CommandFailure.invalidInput("/confirm", keyword: "const", "The two passwords are not the same.")
        }
        try check(password, email: email, name: name)
    }

    /// Says which rule a password breaks, by the keyword `minLength`, `maxLength`, `notIdentity` or `notCommon`.
    ///
    /// - Throws: ``CommandFailure`` `PASSWORD_TOO_WEAK`; it never repeats the password.
    func check(_ password: Secret, email: EmailAddress, name: String) throws {
        let text = password.unredacted
        if text.unicodeScalars.count < Self.minimumCharacters {
            throw tooWeak("minLength", "must have at least \(Self.minimumCharacters) characters")
        }
        if text.utf8.count > Self.maximumBytes {
            throw tooWeak("maxLength", "must have at most \(Self.maximumBytes) bytes")
        }
        if [email.text, email.localPart, name, appName].contains(where: { isNearly(text, $0) }) {
            throw tooWeak("notIdentity", "must not be your address or your name")
        }
        if common.contains(text) {
            throw tooWeak("notCommon", "is one of the most common ones, and among the first that others would try")
        }
    }

    /// Whether the password is the identifier, or little more than it.
    private func isNearly(_ password: String, _ identifier: String) -> Bool {
        guard !identifier.isEmpty else { return false }
        let (password, identifier) = (password.lowercased(), identifier.lowercased())
        return password.contains(identifier)
            && identifier.unicodeScalars.count * 10 >= password.unicodeScalars.count * 9
    }

    private func tooWeak(_ keyword: String, _ sentence: String) -> CommandFailure {
        let message = "The password \(sentence)."
        return CommandFailure(
            .passwordTooWeak, message,
            fields: [.init(pointer: "/password", keyword: keyword, message: message)])
    }
}
