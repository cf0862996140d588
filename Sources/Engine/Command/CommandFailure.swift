public import JSON

/// Why a command was refused: a stable code for machines and a safe sentence for people.
public struct CommandFailure: Error, Sendable {
    /// A stable name in capitals. A plugin may bring its own.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// One mistake in the input: where (a JSON Pointer, RFC 6901), which rule, and a sentence.
    public struct FieldError: Sendable, Hashable, Encodable {
        public let pointer: String
        public let keyword: String
        public let message: String

        public init(pointer: String, keyword: String, message: String) {
            self.pointer = pointer
            self.keyword = keyword
            self.message = message
        }
    }

    public let code: Code
    /// A sentence for the caller that says what would be right; never a secret.
    public let detail: String
    public var fields: [FieldError] = []
    /// Further members of the answer, such as the id of a record that is in the way.
    public var members: [String: JSONValue] = [:]
    /// When it makes sense to try again.
    public var retryAfter: Duration?
    /// Whether the audit tells of it when it is thrown inside the transaction. False for junk from outside, which must
    /// not be able to fill the disk.
    public var isRecorded = true
    /// The full story, for the log alone.
    public var cause: (any Error)?

    public init(
        _ code: Code, _ detail: String, fields: [FieldError] = [], members: [String: JSONValue] = [:],
        retryAfter: Duration? = nil, cause: (any Error)? = nil
    ) {
        self.code = code
        self.detail = detail
        self.fields = fields
        self.members = members
        self.retryAfter = retryAfter
        self.cause = cause
    }
}

extension CommandFailure.Code {
    public static let invalidJSON = Self(rawValue: "INVALID_JSON")
    public static let invalidInput = Self(rawValue: "INVALID_INPUT")
    public static let actionNotFound = Self(rawValue: "ACTION_NOT_FOUND")
    public static let invalidCredentials = Self(rawValue: "INVALID_CREDENTIALS")
    public static let invalidToken = Self(rawValue: "INVALID_TOKEN")
    public static let sessionRevoked = Self(rawValue: "SESSION_REVOKED")
    public static let forbidden = Self(rawValue: "FORBIDDEN")
    public static let notFound = Self(rawValue: "NOT_FOUND")
    public static let conflict = Self(rawValue: "CONFLICT")
    public static let passwordTooWeak = Self(rawValue: "PASSWORD_TOO_WEAK")
    public static let rateLimited = Self(rawValue: "RATE_LIMITED")
    public static let unavailable = Self(rawValue: "UNAVAILABLE")
    public static let `internal` = Self(rawValue: "INTERNAL")
}
