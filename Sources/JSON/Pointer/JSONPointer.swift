/// The place of a value within a JSON value (RFC 6901); no tokens mean the whole.
public struct JSONPointer: Sendable, Hashable {
    /// The whole.
    public static let root = JSONPointer()

    /// Names of members, and places in arrays as decimal digits; not escaped.
    public var tokens: [String]

    /// The place that the tokens lead to, one after the other.
    public init(_ tokens: [String] = []) { self.tokens = tokens }

    /// Reads a pointer such as `/license/seats`; nil if it neither is empty nor begins with `/`, or has a `~` that is
    /// not part of `~0` or `~1`.
    public init?(parsing text: String) {
        guard !text.isEmpty else {
            self = .root
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for escaped in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescape(escaped) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The place of the member `name` below this one.
    public func appending(_ name: String) -> JSONPointer { JSONPointer(tokens + [name]) }

    /// The place of an item, from 0, below this one.
    public func appending(_ place: Int) -> JSONPointer { appending(String(place)) }

    private static func unescape(_ escaped: Substring.UTF8View) -> String? {
        guard escaped.contains(UInt8(ascii: "~")) else { return String(Substring(escaped)) }
        var token: [UInt8] = []
        var rest = escaped
        while let byte = rest.popFirst() {
            switch (byte, byte == UInt8(ascii: "~") ? rest.popFirst() : nil) {
            case (UInt8(ascii: "~"), UInt8(ascii: "0")): token.append(UInt8(ascii: "~"))
            case (UInt8(ascii: "~"), UInt8(ascii: "1")): token.append(UInt8(ascii: "/"))
            case (UInt8(ascii: "~"), _): return nil
            default: token.append(byte)
            }
        }
        return String(decoding: token, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as text, with `~` and `/` within tokens escaped.
    public var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): text += "~0".utf8
                case UInt8(ascii: "/"): text += "~1".utf8
                default: text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
