import CCurl

/// libcurl could not finish the exchange.
struct CurlError: Error, CustomStringConvertible {
    let description: String
}

/// One HTTP exchange by libcurl, on a connection of its own; it blocks, so it is for ``onOwnThread(_:)``.
///
/// Redirects are answers like any other, and a path goes out as it is written.
@safe final class CurlTransfer {
    private let handle: UnsafeMutableRawPointer
    private var list: UnsafeMutablePointer<curl_slist>?
    private var places: UnsafeMutablePointer<curl_slist>?
    private let head = Sink()
    private let body = Sink()

    /// Collects what libcurl hands over.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    /// libcurl asks for this call before any thread uses it; 3 is CURL_GLOBAL_ALL, a macro that Swift cannot read.
    private static let isReady = curl_global_init(3) == CURLE_OK

    static func run(_ request: HTTPRequest) throws -> HTTPResponse {
        try CurlTransfer(request).perform()
    }

    private init(_ request: HTTPRequest) throws {
        guard Self.isReady, let handle = unsafe curl_easy_init() else {
            throw CurlError(description: "libcurl does not start")
        }
        unsafe self.handle = handle
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_TIMEOUT, 120)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_NOPROXY, "*")
        try set(CURLOPT_URL, request.url)
        if let way = request.way { try set(way) }
        try setBody(of: request)
        try setHeaders(of: request)
        try collect(into: head, CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA)
        try collect(into: body, CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA)
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe curl_slist_free_all(list)
        unsafe curl_slist_free_all(places)
    }

    private func set(_ way: NetworkWay) throws {
        unsafe places = curl_slist_append(nil, way.connectTo)
        try check(unsafe usher_curl_setopt_slist(handle, CURLOPT_CONNECT_TO, places))
        try set(CURLOPT_INTERFACE, way.source)
        if let root = way.root { try set(CURLOPT_CAINFO, root) }
    }

    private func setBody(of request: HTTPRequest) throws {
        if let bytes = request.body {
            // The size comes first: libcurl copies as many bytes as it names.
            try set(CURLOPT_POSTFIELDSIZE, bytes.count)
            let code = unsafe bytes.withUnsafeBytes { buffer in
                unsafe usher_curl_setopt_string(
                    handle, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
            }
            try check(code)
        } else if request.method == "POST" {
            try set(CURLOPT_POSTFIELDSIZE, 0)
            try set(CURLOPT_POST, 1)
        } else if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, 1)
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setHeaders(of request: HTTPRequest) throws {
        let names = Set(request.headers.keys.map { $0.lowercased() })
        var lines = request.headers.map { "\($0.key): \($0.value)" }
        // An empty value takes away a header that libcurl would add by itself.
        lines += ["Content-Type", "User-Agent", "Accept"].filter { !names.contains($0.lowercased()) }.map { "\($0):" }
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else {
                throw CurlError(description: "no memory for a header")
            }
            unsafe list = longer
        }
        try check(unsafe usher_curl_setopt_slist(handle, CURLOPT_HTTPHEADER, list))
    }

    private func collect(into sink: Sink, _ function: CURLoption, _ data: CURLoption) throws {
        let code = unsafe usher_curl_setopt_write_function(handle, function) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
            unsafe sink.bytes += UnsafeRawBufferPointer(start: bytes, count: size * count)
            return size * count
        }
        try check(code)
        try check(unsafe usher_curl_setopt_pointer(handle, data, Unmanaged.passUnretained(sink).toOpaque()))
    }

    private func perform() throws -> HTTPResponse {
        try check(unsafe curl_easy_perform(handle))
        var status = 0
        try check(unsafe usher_curl_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status))
        let lines = String(decoding: head.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let headers = lines.compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("HTTP/") else { return nil }
            return (line[..<colon].lowercased(), trimmed(line[line.index(after: colon)...]))
        }
        let version = lines.last { $0.hasPrefix("HTTP/") }?.prefix { $0 != " " } ?? ""
        return HTTPResponse(version: String(version), status: status, headers: headers, body: body.bytes)
    }

    private func set(_ option: CURLoption, _ value: Int) throws {
        try check(unsafe usher_curl_setopt_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws {
        try check(unsafe usher_curl_setopt_string(handle, option, value))
    }

    private func check(_ code: CURLcode) throws {
        guard code != CURLE_OK else { return }
        throw CurlError(description: unsafe String(cString: curl_easy_strerror(code)))
    }
}
