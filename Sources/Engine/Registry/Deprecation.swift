public import Storage

/// Says since when a command should not be called any more, why, and what to call in its place.
public struct Deprecation: Sendable, Hashable {
    /// A day such as `2027-01-31`.
    public let date: String
    /// A sentence for whoever calls it.
    public let reason: String
    public let replacement: Action?

    /// The beginning of the day, in UTC.
    public var moment: Timestamp? { try? Timestamp(lenient: date) }
}

extension Descriptor {
    /// What whoever calls it should know, in sentences; nil unless it is deprecated.
    public var deprecationNotice: String? {
        deprecation.map { deprecation in
            let instead = deprecation.replacement.map { " Call `\($0)` instead." } ?? ""
            return "`\(action)` is deprecated since \(deprecation.date): \(deprecation.reason)\(instead)"
        }
    }
}
