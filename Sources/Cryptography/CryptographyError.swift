/// What goes wrong with keys, sealed boxes and stored passwords; never holds a secret.
package enum CryptographyError: Error, Equatable {
    /// These bytes are no such key: a wrong length, a number out of range, a point that is not on the curve.
    case invalidKey

    /// The box was sealed with another key or for another context, or was changed since. Which, nobody can say.
    case cannotOpen

    /// The box is of a format that this version does not know.
    case unknownBoxVersion(UInt8)

    /// The stored password is no PHC string.
    case malformedPasswordHash

    /// The stored password was made with an algorithm that this build does not have.
    case unsupportedPasswordAlgorithm(String)

    /// The stored password asks for more memory or time than is allowed, or has parameters its algorithm refuses.
    case passwordHashOutOfRange

    /// A C library refused: which function, and its own words for why.
    case library(function: String, reason: String)
}
