import Cryptography

/// The name of one request, in its answer, the log and the audit.
enum RequestID {
    /// 16 characters; random, so that it says nothing about how many requests there are.
    static func make(_ random: any RandomSource) -> String {
        Base64URL.encode(random.bytes(12))
    }
}
