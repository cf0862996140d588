import Cryptography

/// Always the same bytes: 0, 1, 2, …
struct FixedRandom: RandomSource {
    func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    }
}
