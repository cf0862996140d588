/// A member's name as a key of a hash table: equal only to the same code points, where `String` equates spellings.
package struct MemberName: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: Self, right: Self) -> Bool { left.text.hasSameBytes(as: right.text) }

    package func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
}
