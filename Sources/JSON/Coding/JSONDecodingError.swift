/// Why a JSON value could not be read as a type, and where.
public struct JSONDecodingError: Error, Sendable, Hashable {
    /// Where in the value.
    public let pointer: JSONPointer
    /// A sentence for people, without the place.
    public let message: String

    /// An error with its place and a sentence.
    public init(pointer: JSONPointer, message: String) {
        self.pointer = pointer
        self.message = message
    }
}

extension JSONDecodingError: CustomStringConvertible {
    public var description: String { pointer.tokens.isEmpty ? message : "\(pointer): \(message)" }
}

extension JSONPointer {
    /// The place that a coding path names.
    init(_ path: [any CodingKey]) {
        self.init(path.map { $0.intValue.map { String($0) } ?? $0.stringValue })
    }
}
