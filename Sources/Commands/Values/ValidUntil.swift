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
        } else if let text = try? container.decode(String.self) {
            raw = .text(text)
        } else {
            // An integer beyond 64 bits: of no year that there will be.
            raw = .milliseconds(.max)
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
            return try parse(pointer) { try Timestamp(lenient: text) }
        case .milliseconds(let number):
            return try parse(pointer) { try Timestamp(lenient: number) }
        }
    }

    private func parse(_ pointer: String, _ time: () throws -> Timestamp) throws -> Timestamp {
        do {
            return try time()
        } catch let error as TimestampError {
            let name = pointer.dropFirst().replacing("/", with: ".")
            throw CommandFailure.invalidInput(pointer, keyword: "format", "`\(name)`\(Self.rest(error))")
        }
    }

    /// How the sentence goes on from the name of the field.
    private static func rest(_ error: TimestampError) -> String {
        switch error {
        case .noSuchDay: ": \(error)"
        case .wrongForm: " \(error) A date alone will do, and `never` is no end."
        case .looksLikeSeconds, .noSuchTime, .outOfRange: " \(error)"
        }
    }
}
