import Engine
import Storage

/// The end of a licence as an input gives it: a date and time in one of several spellings, or `"never"`.
struct ValidUntil: Decodable, Sendable {
    /// The text or number, kept as it came so that a mistake is reported at its place in the input.
    private enum Raw: Sendable {
        case text(String)
        case milliseconds(Int64)
    }

    private let raw: Raw

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            raw = .milliseconds(number)
        } else {
            raw = .text(try container.decode(String.self))
        }
    }

    /// The moment; nil is no end. `pointer` says where the value stands in the input, such as `/license/validUntil`.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT` with a spelling that works.
    func timestamp(at pointer: String) throws -> Timestamp? {
        switch raw {
        case .text("never"):
            return nil
        case .text(let text):
            return try parse(text, pointer)
        case .milliseconds(let number):
            return try parse(String(number), pointer)
        }
    }

    private func parse(_ text: String, _ pointer: String) throws -> Timestamp {
        do {
            return try Timestamp(lenient: text)
        } catch {
            throw CommandFailure.invalidInput(pointer, keyword: "format", "`validUntil` \(error)")
        }
    }
}
