import Engine
import JSON
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

    /// Why the value at `pointer` of an input is no such moment; nil when it is one, or when the schema says what is
    /// wrong.
    static func refusal(of value: JSONValue?, at pointer: String) -> CommandFailure? {
        do {
            switch value {
            case "never": break
            case .string(let text): _ = try Timestamp(lenient: text)
            case .number(let number) where number.isInteger:
                // Beyond 64 bits it is of no year that there will be.
                guard let milliseconds = value?.intValue else { throw TimestampError.outOfRange("\(number)") }
                _ = try Timestamp(lenient: milliseconds)
            default: break
            }
            return nil
        } catch {
            return (error as? TimestampError).map { failure($0, at: pointer) }
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
            throw Self.failure(error, at: pointer)
        }
    }

    private static func failure(_ error: TimestampError, at pointer: String) -> CommandFailure {
        let name = pointer.dropFirst().replacing("/", with: ".")
        return .invalidInput(pointer, keyword: "format", "`\(name)`\(rest(error))")
    }

    /// How the sentence goes on from the name of the field.
    private static func rest(_ error: TimestampError) -> String {
        switch error {
        case .noSuchDay: ": \(error) `never` is no end."
        case .wrongForm: " \(error) A date alone will do, and `never` is no end."
        case .looksLikeSeconds, .noSuchTime, .outOfRange: " \(error) `never` is no end."
        }
    }
}
