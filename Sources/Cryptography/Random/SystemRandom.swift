import COpenSSL
import Synchronization

/// The random generator of OpenSSL, seeded and reseeded by the kernel.
///
/// Stops the process if it cannot give random bytes: nothing may go on with predictable ones.
package struct SystemRandom: RandomSource {
    /// A call of the generator costs as much as a hundred bytes of it, and each request wants a few bytes twice.
    private static let stock = Mutex<[UInt8]>([])
    private static let stockSize = 1024
    /// More than this is made for whoever asks.
    private static let portion = 64

    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        count <= Self.portion ? Self.take(count) : Self.generate(count)
    }

    /// Bytes of the stock. Those that are given out are in it no more.
    private static func take(_ count: Int) -> [UInt8] {
        stock.withLock { stock in
            if stock.count < count { stock = generate(stockSize) }
            let taken = Array(stock.suffix(count))
            let rest = stock.count - count
            unsafe stock.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress?.advanced(by: rest), count) }
            stock.removeLast(count)
            return taken
        }
    }

    private static func generate(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, Int32(buffer.count))
        }
        precondition(result == 1, "The system gives no random bytes.")
        return bytes
    }
}
