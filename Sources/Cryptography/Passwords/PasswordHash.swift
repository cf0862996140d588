/// Passwords as they are stored: PHC strings, made and checked.
///
/// Each call takes tens of milliseconds of a core and tens of megabytes; ``PasswordHasher`` is what servers call.
package enum PasswordHash {
    static let saltSize = 16
    static let keySize = 32

    /// Makes the string to store for a password, with a new salt.
    package static func make(
        _ password: [UInt8],
        parameters: PasswordParameters = .recommended,
        random: some RandomSource
    ) throws(CryptographyError) -> String {
        let salt = random.bytes(saltSize)
        let key = try parameters.derive(password, salt: salt, length: keySize)
        return PHCString(parameters: parameters, salt: salt, key: key).description
    }

    /// Says whether `password` is the one that `phc` was made of.
    ///
    /// - Throws: ``CryptographyError/malformedPasswordHash``, ``CryptographyError/unsupportedPasswordAlgorithm(_:)``,
    ///   ``CryptographyError/passwordHashOutOfRange``; then no work was done.
    package static func verify(_ password: [UInt8], against phc: String) throws(CryptographyError) -> Bool {
        let stored = try PHCString(phc)
        let key = try stored.parameters.derive(password, salt: stored.salt, length: stored.key.count)
        return constantTimeEquals(key, stored.key)
    }

    /// Says whether a stored string is not what ``make(_:parameters:random:)`` would write today, so that the next
    /// login should store the password anew.
    package static func needsRehash(_ phc: String, parameters: PasswordParameters = .recommended) -> Bool {
        guard let stored = try? PHCString(phc) else { return true }
        return stored.parameters != parameters || stored.salt.count < saltSize || stored.key.count != keySize
    }
}
