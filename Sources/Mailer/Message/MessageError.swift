/// Why a message cannot be built.
package enum MessageError: Error, Sendable, Hashable {
    /// A header's value has CR, LF or NUL in it: with it, whoever chose the value could add headers of their own.
    case lineBreak(header: String)
    /// The id has characters that a Message-ID must not have.
    case badID
}

extension MessageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .lineBreak(let header): "The value of the header \(header) has a line break or NUL in it."
        case .badID: "The mail's id has characters that a Message-ID must not have."
        }
    }
}
