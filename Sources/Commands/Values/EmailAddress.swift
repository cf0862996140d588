import Engine
import JSON
import Mailer
package import Storage

/// An e-mail address as sent; two are the same without regard to case.
package struct EmailAddress: Sendable, Codable, SQLConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// What addresses are compared and stored uniquely by.
    var key: String { text.lowercased() }

    /// What stands before the last `@`.
    var localPart: String {
        text.lastIndex(of: "@").map { String(text[..<$0]) } ?? text
    }

    package var sqlValue: SQLValue { .text(text) }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension EmailAddress {
    /// Why no mail could reach the address that the member `name` of an input sets; nil when it could, or when the schema
    /// says what is wrong.
    static func refusal(of payload: JSONValue, _ name: String) -> CommandFailure? {
        guard let text = payload[name]?.stringValue else { return nil }
        do {
            _ = try MailAddress(text)
            return nil
        } catch {
            return .invalidInput(
                "/\(name)", keyword: "format",
                "`\(name)` is no address for mail. \(error) Send one such as anna@example.com.")
        }
    }
}

extension EmailAddress: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
