import CCurl

/// One GET, as a client of the world outside makes it.
struct WebProbe {
    enum Outcome {
        case answer(status: Int, body: [UInt8])
        /// No answer came, and why, in libcurl's words.
        case failure(CURLcode, words: String)
    }

    /// More than any answer of ours.
    fileprivate static let maximumSize = 1 << 20

    let url: String

    /// Blocks, at most 15 seconds. Certificates are those that the system trusts; redirects are not followed.
    func get() -> Outcome {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let handle = unsafe curl_easy_init() else {
            return .failure(CURLE_FAILED_INIT, words: "libcurl cannot be used here")
        }
        defer { unsafe curl_easy_cleanup(handle) }
        let (body, size) = (Body(), Int(CURL_ERROR_SIZE))
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: size)
        unsafe words.initialize(repeating: 0, count: size)
        defer { unsafe words.deallocate() }
        unsafe usher_curl_setopt_pointer(handle, CURLOPT_ERRORBUFFER, words)
        unsafe usher_curl_setopt_string(handle, CURLOPT_URL, url)
        unsafe usher_curl_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe usher_curl_setopt_string(handle, CURLOPT_USERAGENT, "usher-doctor")
        unsafe usher_curl_setopt_string(handle, CURLOPT_PROXY, "")
        unsafe usher_curl_setopt_long(handle, CURLOPT_NOSIGNAL, 1)
        unsafe usher_curl_setopt_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 8000)
        unsafe usher_curl_setopt_long(handle, CURLOPT_TIMEOUT_MS, 15_000)
        unsafe usher_curl_setopt_write_function(handle, CURLOPT_WRITEFUNCTION, Body.take)
        unsafe usher_curl_setopt_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(body).toOpaque())
        let code = withExtendedLifetime(body) { unsafe curl_easy_perform(handle) }
        guard code == CURLE_OK else {
            let said = unsafe String(cString: words)
            return .failure(code, words: said.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : said)
        }
        var status = 0
        unsafe usher_curl_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return .answer(status: status, body: body.bytes)
    }

    private final class Body {
        var bytes: [UInt8] = []

        /// CURLOPT_WRITEFUNCTION: another count than given ends the transfer.
        static let take: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
            buffer, size, count, context in
            guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
            let body = unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
            guard body.bytes.count + size * count <= WebProbe.maximumSize else { return 0 }
            unsafe body.bytes.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: size * count))
            return size * count
        }
    }
}
