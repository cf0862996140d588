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

    /// Itself, and in camelCase where that is another name.
    public var spellings: [Action] { [self] + [Action(rawValue: camelCase)].filter { $0 != self } }

    /// Whether this is a name in kebab-case: letters and digits in lower case, words joined by single hyphens.
    public var isWellFormed: Bool {
        let (hyphen, letters, digits) = (
            UInt8(ascii: "-"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9")
        )
        var last = hyphen
        for byte in rawValue.utf8 {
            guard byte == hyphen ? last != hyphen : letters ~= byte || digits ~= byte else { return false }
            last = byte
        }
        return last != hyphen && rawValue.utf8.first.map { letters ~= $0 } == true
    }
}

extension Action: CustomStringConvertible {
    public var description: String { rawValue }
}
