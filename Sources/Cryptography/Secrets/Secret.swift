/// A text that must not be seen: a password, a token. However it is printed, it prints as `[redacted]`.
///
/// It can be decoded, for passwords come in requests. It is not `Encodable`: who wants to send it says ``unredacted``.
package struct Secret: Sendable, Decodable {
    /// The text itself. The long name is for the search that asks where secrets are taken out.
    package let unredacted: String

    package init(_ unredacted: String) {
        self.unredacted = unredacted
    }

    package init(from decoder: any Decoder) throws {
        unredacted = try decoder.singleValueContainer().decode(String.self)
    }
}

extension Secret: Equatable {
    /// Compares the UTF-8 bytes in constant time: unlike for `String`, two spellings of one letter differ.
    package static func == (left: Secret, right: Secret) -> Bool {
        constantTimeEquals(Array(left.unredacted.utf8), Array(right.unredacted.utf8))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
