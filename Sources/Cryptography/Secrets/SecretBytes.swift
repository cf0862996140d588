import COpenSSL

/// Bytes that must not be seen: a key, what was sealed. Prints as `[redacted]`, and its memory is wiped at the end.
///
/// The wipe is for this one copy; an array made with ``unredacted`` is the caller's to look after.
@safe
package final class SecretBytes: Sendable {
    /// Written in `init` and `deinit` only, so reading it from many threads is safe.
    private nonisolated(unsafe) let storage: UnsafeMutableRawBufferPointer

    package init(_ bytes: [UInt8]) {
        unsafe storage = .allocate(byteCount: bytes.count, alignment: 1)
        unsafe storage.copyBytes(from: bytes)
    }

    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    package var count: Int { unsafe storage.count }

    /// A copy of the bytes. The long name is for the search that asks where secrets are taken out.
    package var unredacted: [UInt8] { unsafe Array(storage) }

    /// Lends the bytes without a copy; the pointer is good inside of `body` only.
    package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(UnsafeRawBufferPointer(storage))
    }
}

extension SecretBytes: Equatable {
    /// Compares in constant time.
    package static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        constantTimeEquals(left.unredacted, right.unredacted)
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
