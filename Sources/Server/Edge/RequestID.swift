import Cryptography
import HTTPTypes

/// The name of one request, in its answer, the log and the audit.
enum RequestID {
    private static let maximumLength = 100

    /// 16 characters; random, so that it says nothing about how many requests there are.
    static func make(_ random: any RandomSource) -> String {
        Base64URL.encode(random.bytes(12))
    }

    /// The one that a proxy gave, so that its log and ours tell the same story: visible ASCII, sent once, and not long.
    static func given(in headers: HTTPFields) -> String? {
        let values = headers[values: .requestID]
        guard values.count == 1, let id = values.first, 1...maximumLength ~= id.utf8.count,
            id.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        return id
    }
}
