import Engine
import HTTPTypes

/// The one place where a failure's code becomes an HTTP status.
enum ProblemStatus {
    private static let table: [CommandFailure.Code: HTTPResponse.Status] = [
        .invalidJSON: .badRequest,
        .malformedRequest: .badRequest,
        .invalidCredentials: .unauthorized,
        .invalidToken: .unauthorized,
        .sessionRevoked: .unauthorized,
        .forbidden: .forbidden,
        .actionNotFound: .notFound,
        .notFound: .notFound,
        .methodNotAllowed: .methodNotAllowed,
        .requestTimeout: .requestTimeout,
        .conflict: .conflict,
        .payloadTooLarge: .contentTooLarge,
        .uriTooLong: .uriTooLong,
        .unsupportedMediaType: .unsupportedMediaType,
        .misdirectedRequest: .misdirectedRequest,
        .invalidInput: .unprocessableContent,
        .passwordTooWeak: .unprocessableContent,
        .rateLimited: .tooManyRequests,
        .headersTooLarge: .requestHeaderFieldsTooLarge,
        .internal: .internalServerError,
        .unavailable: .serviceUnavailable,
    ]

    /// A code that a plugin brings is a refusal of its own kind: 422.
    static func status(of code: CommandFailure.Code) -> HTTPResponse.Status {
        table[code] ?? .unprocessableContent
    }

    /// All codes of this server, in the order of their status.
    static var codes: [CommandFailure.Code] {
        table.sorted { ($0.value.code, $0.key.rawValue) < ($1.value.code, $1.key.rawValue) }.map(\.key)
    }
}
