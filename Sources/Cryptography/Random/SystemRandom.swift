import COpenSSL

/// The random generator of OpenSSL, seeded and reseeded by the kernel.
///
/// Stops the process if it cannot give random bytes: nothing may go on with predictable ones.
package struct SystemRandom: RandomSource {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, Int32(buffer.count))
        }
        precondition(result == 1, "The system gives no random bytes.")
        return bytes
    }
}
