/// The text form of bytes in tokens and links: Base64 with `-` and `_` and without padding (RFC 4648 §5, RFC 7515 §2).
package enum Base64URL {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Base64Alphabet.url.encode(Array(bytes))
    }

    /// Appends the text of `bytes` to `text`, in ASCII.
    package static func encode(_ bytes: [UInt8], to text: inout [UInt8]) {
        Base64Alphabet.url.encode(bytes, to: &text)
    }

    /// Returns nil unless `text` is the one canonical spelling: no padding, no white space, no stray bits at the end.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Base64Alphabet.url.decode(Array(text.utf8))
    }

    /// Reads the ASCII bytes of such a text; nil as in ``decode(_:)``.
    package static func decode(_ ascii: some Sequence<UInt8>) -> [UInt8]? {
        Base64Alphabet.url.decode(Array(ascii))
    }
}
