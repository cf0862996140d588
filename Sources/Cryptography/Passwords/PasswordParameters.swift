/// Which algorithm makes a key of a password, and how much work that is.
package enum PasswordParameters: Sendable, Hashable {
    #if Argon2
        /// Argon2id, version 1.3 (RFC 9106): `memory` in KiB.
        case argon2id(memory: Int, passes: Int, lanes: Int)
    #endif
    /// scrypt (RFC 7914) with N = 2^`logCost`.
    case scrypt(logCost: Int, blockSize: Int, parallelization: Int)

    /// What new passwords are stored with: OWASP's first choice, or its scrypt of the same class in a build without it.
    package static var recommended: PasswordParameters {
        #if Argon2
            .argon2id(memory: 19456, passes: 2, lanes: 1)
        #else
            .scrypt(logCost: 14, blockSize: 8, parallelization: 5)
        #endif
    }

    /// Whether this is at most the work that a stored string may ask of this machine. A copied-in password must not be
    /// able to take gigabytes or minutes at each login.
    var isWithinLimits: Bool {
        switch self {
        #if Argon2
            case .argon2id(let memory, let passes, let lanes):
                (1...16).contains(lanes) && (1...10).contains(passes) && (8 * lanes...256 * 1024).contains(memory)
        #endif
        case .scrypt(let logCost, let blockSize, let parallelization):
            (1...17).contains(logCost) && (1...8).contains(blockSize) && (1...10).contains(parallelization)
        }
    }

    /// Does the work: `length` bytes of the password and the salt.
    package func derive(_ password: [UInt8], salt: [UInt8], length: Int) throws(CryptographyError) -> [UInt8] {
        switch self {
        #if Argon2
            case .argon2id(let memory, let passes, let lanes):
                let argon2 = Argon2id(memory: memory, passes: passes, lanes: lanes)
                return try argon2.derive(password, salt: salt, length: length)
        #endif
        case .scrypt(let logCost, let blockSize, let parallelization):
            let scrypt = Scrypt(cost: 1 << logCost, blockSize: blockSize, parallelization: parallelization)
            return try scrypt.derive(password, salt: salt, length: length)
        }
    }
}
