/// The host of a URL: a name or an address.
enum HostName {
    /// Whether it is made of labels of letters, digits, `-` and `_`; a name in Unicode must be in its `xn--` form.
    static func isWellFormed(_ text: some StringProtocol) -> Bool {
        guard 1...253 ~= text.utf8.count else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            1...63 ~= label.utf8.count && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        }
    }

    /// Whether it names this machine: `localhost`, 127.0.0.0/8, `[::1]`.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || address(host)?.isLoopback ?? false
    }

    /// The address, if the host is one; IPv6 stands in brackets.
    private static func address(_ host: String) -> IPAddress? {
        host.hasPrefix("[") ? IPAddress(host.dropFirst().dropLast()) : IPAddress(host)
    }
}
