import Commands
import Cryptography
import Storage

/// The hidden token of each form: proof that the form was served here, for this path and session, not long ago.
///
/// It is the time and the session with an HMAC over these and the path, so that nothing is stored and no cookie is needed.
struct FormTokens: Sendable {
    enum Verdict {
        case good, expired, wrong
    }

    static let lifetime = Duration.seconds(12 * 60 * 60)
    private static let numberLength = 8

    private let key: HMACSHA256
    private let clock: Clock

    init(key: SecretBytes, clock: Clock) throws {
        self.key = try HMACSHA256(key: key)
        self.clock = clock
    }

    /// A token for a form that is sent to `path`; what it does concerns `session`, if somebody is logged in.
    func make(for path: String, of session: Session.ID? = nil) -> String {
        let content = Self.bytes(clock.now().milliseconds) + Self.bytes(session?.rawValue ?? 0)
        return Base64URL.encode(content + key.authenticate(content, Array(path.utf8)))
    }

    func check(_ token: String, for path: String, of session: Session.ID? = nil) -> Verdict {
        guard let content = content(of: token, for: path), content.session == session?.rawValue ?? 0 else {
            return .wrong
        }
        return clock.now() - content.madeAt < Self.lifetime ? .good : .expired
    }

    /// Whether a form of that path was served here, to whomever and whenever.
    func isOurs(_ token: String, for path: String) -> Bool { content(of: token, for: path) != nil }

    private func content(of token: String, for path: String) -> (madeAt: Timestamp, session: Int64)? {
        guard let bytes = Base64URL.decode(token), bytes.count > 2 * Self.numberLength else { return nil }
        let content = Array(bytes.prefix(2 * Self.numberLength))
        guard key.isValid(Array(bytes.dropFirst(content.count)), for: content, Array(path.utf8)) else { return nil }
        let numbers = [content.prefix(Self.numberLength), content.suffix(Self.numberLength)].map { part in
            part.reduce(0) { $0 << 8 | Int64($1) }
        }
        return (Timestamp(milliseconds: numbers[0]), numbers[1])
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<numberLength).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
    }
}
