import CCurl

/// One easy handle of libcurl, with the connection that it keeps. Not for two threads at once.
@safe final class CurlHandle {
    /// libcurl refuses an option: it is older than we need, or was built without it.
    struct OptionRefused: Error, CustomStringConvertible {
        let option: CURLoption
        let code: CURLcode

        var description: String {
            "libcurl refuses option \(option.rawValue): \(unsafe String(cString: curl_easy_strerror(code)))"
        }
    }

    private let handle: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    /// Called as long as the handle lives.
    private let sockets: SMTPSockets

    /// Nil when there is no memory left. `sockets` are for ``watchSockets()``.
    init?(sockets: SMTPSockets) {
        guard Self.isReady, let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
        self.sockets = sockets
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe _ = usher_curl_setopt_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        // Says QUIT, and waits for the answer, which shutting the sockets down ends.
        unsafe curl_easy_cleanup(handle)
        unsafe errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws {
        try check(unsafe usher_curl_setopt_long(handle, option, value), option)
    }

    func set(_ option: CURLoption, offset value: Int) throws {
        try check(unsafe usher_curl_setopt_offset(handle, option, curl_off_t(value)), option)
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String?) throws {
        try check(unsafe usher_curl_setopt_string(handle, option, value), option)
    }

    /// The list must live until ``perform()`` returns.
    func set(_ option: CURLoption, _ list: UnsafeMutablePointer<curl_slist>?) throws {
        try check(unsafe usher_curl_setopt_slist(handle, option, list), option)
    }

    /// Has the callbacks of `transfer` called, which must live until ``perform()`` returns.
    func set(_ transfer: SMTPTransfer) throws {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        try check(
            unsafe usher_curl_setopt_read_function(handle, CURLOPT_READFUNCTION, SMTPTransfer.read),
            CURLOPT_READFUNCTION)
        try check(unsafe usher_curl_setopt_pointer(handle, CURLOPT_READDATA, context), CURLOPT_READDATA)
        try check(
            unsafe usher_curl_setopt_write_function(handle, CURLOPT_HEADERFUNCTION, SMTPTransfer.receive),
            CURLOPT_HEADERFUNCTION)
        try check(unsafe usher_curl_setopt_pointer(handle, CURLOPT_HEADERDATA, context), CURLOPT_HEADERDATA)
        try check(
            unsafe usher_curl_setopt_progress_function(handle, CURLOPT_XFERINFOFUNCTION, SMTPTransfer.progress),
            CURLOPT_XFERINFOFUNCTION)
        try check(unsafe usher_curl_setopt_pointer(handle, CURLOPT_XFERINFODATA, context), CURLOPT_XFERINFODATA)
    }

    /// Has `sockets` called whenever a connection begins and ends.
    func watchSockets() throws {
        let context = unsafe Unmanaged.passUnretained(sockets).toOpaque()
        try check(
            unsafe usher_curl_setopt_sockopt_function(handle, CURLOPT_SOCKOPTFUNCTION, SMTPSockets.opened),
            CURLOPT_SOCKOPTFUNCTION)
        try check(unsafe usher_curl_setopt_pointer(handle, CURLOPT_SOCKOPTDATA, context), CURLOPT_SOCKOPTDATA)
        try check(
            unsafe usher_curl_setopt_closesocket_function(handle, CURLOPT_CLOSESOCKETFUNCTION, SMTPSockets.closing),
            CURLOPT_CLOSESOCKETFUNCTION)
        try check(unsafe usher_curl_setopt_pointer(handle, CURLOPT_CLOSESOCKETDATA, context), CURLOPT_CLOSESOCKETDATA)
    }

    /// Blocks until the transfer is over.
    func perform() -> CURLcode {
        unsafe errorText.pointee = 0
        return unsafe curl_easy_perform(handle)
    }

    func fact(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe usher_curl_getinfo_long(handle, info, &value) == CURLE_OK ? value : 0
    }

    /// What the last transfer failed of, in libcurl's words.
    func explanation(of code: CURLcode) -> String {
        let text = unsafe String(cString: errorText)
        return text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
    }

    /// libcurl wants this once, before any thread uses it.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private func check(_ code: CURLcode, _ option: CURLoption) throws {
        guard code == CURLE_OK else { throw OptionRefused(option: option, code: code) }
    }
}
