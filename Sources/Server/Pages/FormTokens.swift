import Cryptography
import Storage

/// The hidden token of each form: proof that the form was served here, for this path, not long ago.
///
/// It is an HMAC over time and path, so that nothing is stored and no cookie is needed.
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

    func make(for path: String) -> String {
        let time = Self.bytes(clock.now())
        return Base64URL.encode(time + key.authenticate(time, Array(path.utf8)))
    }

    func check(_ token: String, for path: String) -> Verdict {
        guard let bytes = Base64URL.decode(token), bytes.count > Self.timeLength else { return .wrong }
        let time = Array(bytes.prefix(Self.timeLength))
        guard key.isValid(Array(bytes.dropFirst(Self.timeLength)), for: time, Array(path.utf8)) else { return .wrong }
        let madeAt = Timestamp(milliseconds: time.reduce(0) { $0 << 8 | Int64($1) })
        return clock.now() - madeAt < Self.lifetime ? .good : .expired
    }

    private static func bytes(_ time: Timestamp) -> [UInt8] {
        (0..<timeLength).reversed().map { UInt8(truncatingIfNeeded: time.milliseconds >> (8 * Int64($0))) }
    }
}
