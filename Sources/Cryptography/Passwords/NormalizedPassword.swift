// The standard library's own NFC, with which it compares strings. It is no API yet; the only other one to be had is the
// whole of Foundation, for this one line.
@_spi(_Unicode) import Swift

extension Secret {
    /// The UTF-8 bytes to hash, in Unicode normal form C: the same password typed on two keyboards can come as
    /// different code points (NIST SP 800-63B §3.1.1.2). Normal forms of assigned characters never change (UAX #15 §3).
    var passwordBytes: [UInt8] {
        var bytes: [UInt8] = []
        for scalar in unredacted._nfc {
            bytes.append(contentsOf: scalar.utf8)
        }
        return bytes
    }
}
