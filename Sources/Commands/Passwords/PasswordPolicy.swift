import Cryptography
import Engine
import JSON

/// Which passwords are accepted (NIST SP 800-63B-4 §3.1.1: length and a blocklist, no composition rules).
package struct PasswordPolicy: Sendable {
    package static let minimumCharacters = 8
    package static let maximumBytes = 1024

    let common: CommonPasswords
    let appName: String

    /// What can be said of a new password that was typed twice before anybody knows whose it is: `INVALID_INPUT` at
    /// `/confirm`, and `PASSWORD_TOO_WEAK`.
    func refusals(ofTyped payload: JSONValue) -> [CommandFailure] {
        guard let password = payload["password"]?.stringValue else { return [] }
        var refusals = [refusal(of: Secret(password), identities: [])].compactMap(\.self)
        if let confirm = payload["confirm"]?.stringValue, Secret(confirm) != Secret(password) {
            refusals.append(
                .invalidInput("/confirm", keyword: "const", "The two passwords are not the same. Type both anew."))
        }
        return refusals
    }

    /// Checks a new password of a user.
    ///
    /// - Throws: ``CommandFailure`` `PASSWORD_TOO_WEAK`; it never repeats the password.
    func check(_ password: Secret, email: EmailAddress, name: String) throws {
        if let refusal = refusal(of: password, identities: [email.text, name]) { throw refusal }
    }

    /// Says which rule a password breaks, by the keyword `minLength`, `maxLength`, `notIdentity` or `notCommon`; nil for
    /// none. `identities` are addresses and names of the user.
    func refusal(of password: Secret, identities: [String]) -> CommandFailure? {
        let text = password.unredacted
        if text.unicodeScalars.count < Self.minimumCharacters {
            return tooWeak("minLength", "must have at least \(Self.minimumCharacters) characters")
        }
        if text.utf8.count > Self.maximumBytes {
            return tooWeak("maxLength", "must have at most \(Self.maximumBytes) bytes")
        }
        let names = identities.flatMap { [$0, EmailAddress($0).localPart] } + [appName]
        if names.contains(where: { isNearly(text, $0) }) {
            return tooWeak("notIdentity", "must not be your address or your name")
        }
        if common.contains(text) {
            return tooWeak("notCommon", "is one of the most common ones, and among the first that others would try")
        }
        return nil
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
