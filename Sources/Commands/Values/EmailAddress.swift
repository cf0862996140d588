import Engine
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
    /// To be called where an address is set: afterwards mail must reach it. `pointer` is its place in the input.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT`.
    func checkDeliverable(at pointer: String) throws {
        do {
            _ = try MailAddress(text)
        } catch let error as MailAddressError {
            throw CommandFailure.invalidInput(pointer, keyword: "format", "\(error)")
        }
    }
}

extension EmailAddress: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
