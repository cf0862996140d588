/// The wire name of a command in kebab-case, such as `create-user`.
public struct Action: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The same name in camelCase (`createUser`), under which older clients call it.
    public var camelCase: String {
        var words = rawValue.split(separator: "-").makeIterator()
        var result = String(words.next() ?? "")
        while let word = words.next() {
            result += word.prefix(1).uppercased() + word.dropFirst()
        }
        return result
    }

    /// Whether this is a name in kebab-case: letters and digits in lower case, words joined by single hyphens.
    public var isWellFormed: Bool {
        let words = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        return rawValue.first?.isLetter == true
            && words.allSatisfy { word in
                !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            }
    }
}

extension Action: CustomStringConvertible {
    public var description: String { rawValue }
}
