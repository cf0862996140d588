import Commands
import Cryptography
import Storage

/// The hidden token of each form: proof that the form was served here, for this path and session, not long ago.
///
/// It is an HMAC over these and the time, so that nothing is stored and no cookie is needed.
struct FormTokens: Sendable {
    enum Verdict {
        case good, expired, wrong
    }

    static let lifetime = Duration.seconds(12 * 60 * 60)
    private static let timeLength = 8

    private let key: HMACSHA256
    private let clock: Clock

    init(key: SecretBytes, clock: Clock) throws {
        self.key = try HMACSHA256(key: key)
        self.clock = clock
    }

    /// A token for a form that is sent to `path`; what it does concerns `session`, if somebody is logged in.
    func make(for path: String, of session: Session.ID? = nil) -> String {
        let time = Self.bytes(clock.now().milliseconds)
        return Base64URL.encode(time + key.authenticate(time, Self.bytes(session?.rawValue ?? 0), Array(path.utf8)))
    }

    func check(_ token: String, for path: String, of session: Session.ID? = nil) -> Verdict {
        guard let bytes = Base64URL.decode(token), bytes.count > Self.timeLength else { return .wrong }
        let time = Array(bytes.prefix(Self.timeLength))
        let code = Array(bytes.dropFirst(Self.timeLength))
        guard key.isValid(code, for: time, Self.bytes(session?.rawValue ?? 0), Array(path.utf8)) else { return .wrong }
        let madeAt = Timestamp(milliseconds: time.reduce(0) { $0 << 8 | Int64($1) })
        return clock.now() - madeAt < Self.lifetime ? .good : .expired
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<timeLength).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
    }
}
