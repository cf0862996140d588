/// What the parser takes at most.
public struct JSONLimits: Sendable, Hashable {
    /// A depth of 32.
    public static let `default` = JSONLimits()

    /// How deep arrays and objects may lie in each other; `[]` has depth 1.
    ///
    /// It is 1000 at most, because releasing a value takes stack by its depth.
    public let maximumDepth: Int

    /// Limits with that depth; one below 0 or above 1000 is taken as the nearest that is possible.
    public init(maximumDepth: Int = 32) {
        self.maximumDepth = min(max(maximumDepth, 0), 1000)
    }
}
