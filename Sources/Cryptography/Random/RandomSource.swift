/// Where random bytes come from; given to whatever needs them, so that a test can say what they are.
package protocol RandomSource: Sendable {
    /// Returns `count` bytes that nobody can predict.
    func bytes(_ count: Int) -> [UInt8]
}
