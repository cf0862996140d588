/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Sendable, Hashable, Comparable, SQLConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public var sqlValue: SQLValue { .integer(milliseconds) }

    /// Whole seconds since 1970, rounded down: a JWT's NumericDate (RFC 7519 §2).
    public var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1
    }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (left: Self, right: Duration) -> Self {
        Timestamp(milliseconds: left.milliseconds + right.milliseconds)
    }

    public static func - (left: Self, right: Duration) -> Self {
        Timestamp(milliseconds: left.milliseconds - right.milliseconds)
    }

    public static func - (left: Self, right: Self) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
