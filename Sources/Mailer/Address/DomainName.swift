import CCurl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The names of hosts, as they stand in addresses.
enum DomainName {
    /// The name in lower case and ASCII, international labels as `xn--…` (IDNA2008 with UTS #46's mapping).
    ///
    /// - Throws: ``MailAddressError/badDomain``
    static func ascii(_ name: String) throws -> String {
        let ascii = name.utf8.allSatisfy { $0 < 0x80 } ? name : try punycode(name)
        let lowercase = ascii.lowercased()
        let labels = lowercase.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard lowercase.utf8.count <= 253, labels.allSatisfy(isLabel) else { throw MailAddressError.badDomain }
        return lowercase
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        1...63 ~= label.count && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { $0 == UInt8(ascii: "-") || $0.isLowercaseAlphanumeric }
    }

    /// Asks libcurl, which asks libidn2; letting it convert while it sends would depend on the process's locale.
    private static func punycode(_ name: String) throws -> String {
        // What has a meaning of its own in a URL must not reach the URL parser.
        guard !name.utf8.contains(where: { $0 < 0x80 && !$0.isHostByte }) else { throw MailAddressError.badDomain }
        guard let url = unsafe curl_url() else { throw MailAddressError.badDomain }
        defer { unsafe curl_url_cleanup(url) }
        return try withUTF8Locale {
            var text: UnsafeMutablePointer<CChar>?
            defer { unsafe curl_free(text) }
            guard unsafe curl_url_set(url, CURLUPART_URL, "smtp://\(name)", 0) == CURLUE_OK,
                unsafe curl_url_get(url, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK,
                let text = unsafe text
            else { throw MailAddressError.badDomain }
            return unsafe String(cString: text)
        }
    }

    /// libidn2 reads names in the charset of the thread's locale: UTF-8 for as long as `body` runs, on this thread only.
    private static func withUTF8Locale<Value>(_ body: () throws -> Value) throws -> Value {
        guard let utf8 = unsafe newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { throw MailAddressError.badDomain }
        let previous = unsafe uselocale(utf8)
        defer {
            unsafe uselocale(previous)
            unsafe freelocale(utf8)
        }
        return try body()
    }
}

extension UInt8 {
    fileprivate var isLowercaseAlphanumeric: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "0")...UInt8(ascii: "9") ~= self
    }

    fileprivate var isHostByte: Bool {
        isLowercaseAlphanumeric || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self || self == UInt8(ascii: "-")
            || self == UInt8(ascii: ".")
    }
}
