/// One attempt under one limit: on whose account it goes.
public struct LimitUse: Sendable {
    /// What can vouch for an attempt beside its key, such as a device that belongs to an account.
    ///
    /// Once an attempt of a companion has succeeded, its later ones go on a counter of the companion's own: whoever fails
    /// with the same key and without it cannot hold it up.
    public struct Companion: Sendable {
        public let name: String
        /// Whether the caller has proved it, so that no earlier success needs to be remembered.
        public let isProven: Bool

        public init(_ name: String, isProven: Bool = false) {
            self.name = name
            self.isProven = isProven
        }
    }

    public let limit: RateLimit
    public let key: String
    /// For a ``RateLimit/Backoff`` alone. The first that is proven or known counts.
    public let companions: [Companion]

    public init(_ limit: RateLimit, key: String, companions: [Companion] = []) {
        self.limit = limit
        self.key = key
        self.companions = companions
    }
}
