import COpenSSL

extension CryptographyError {
    /// The oldest error that OpenSSL noted on this thread, and an end to all of them: a left-over one would be taken
    /// for the next failure's reason.
    static func openSSL(_ function: String) -> CryptographyError {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let reason = unsafe ERR_reason_error_string(code) else {
            return .library(function: function, reason: "no reason given")
        }
        return unsafe .library(function: function, reason: String(cString: reason))
    }
}

/// Throws what OpenSSL says unless `result` is 1, its sign for success.
func check(_ result: Int32, _ function: String) throws(CryptographyError) {
    guard result == 1 else { throw .openSSL(function) }
}

/// Throws what OpenSSL says if it gave no object.
func unwrap(_ pointer: OpaquePointer?, _ function: String) throws(CryptographyError) -> OpaquePointer {
    guard let pointer = unsafe pointer else { throw .openSSL(function) }
    return unsafe pointer
}
