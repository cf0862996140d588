import COpenSSL

/// Says whether two byte strings are the same, in a time that depends on their lengths alone.
///
/// An ordinary `==` stops at the first difference, and so tells a patient stranger how much of a guess was right.
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withUnsafeBytes { left in
        unsafe right.withUnsafeBytes { right in
            unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
        }
    }
}
