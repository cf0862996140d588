import JSON

/// What a schema says besides what it checks.
struct Outline: Sendable {
    /// Those that apply to the same value: `$ref`, `allOf` and the like.
    var inPlace: [Int] = []
    /// Those that `$dynamicRef` may apply to the same value.
    var dynamic: [Int] = []
    /// By name, what `properties` says.
    var properties: [MemberName: Int] = [:]
    /// What applies to members beyond `properties`, and to items.
    var others: [Int] = []
    /// `x-expected`: what a value must be, in words that take the place of a type list, an enumeration or a pattern.
    var expected: String?
    /// `x-missing`: what is missing where each branch of `anyOf` misses a member, as a sentence.
    var missing: String?
    /// Whether the value must not come into a message: `writeOnly`, or the format `password`.
    var isSecret = false

    /// What applies to the member or item `token`.
    func children(_ token: String) -> [Int] { properties[MemberName(token)].map { [$0] } ?? others }
}
