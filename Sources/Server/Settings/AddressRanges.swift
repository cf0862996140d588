/// Networks in CIDR notation (RFC 4632): the proxies to trust, who may read metrics.
package struct AddressRanges: Sendable, Equatable {
    private struct Range: Equatable {
        let network: IPAddress
        let prefix: Int

        func contains(_ address: IPAddress) -> Bool {
            guard network.isIPv4 == address.isIPv4 else { return false }
            // A shift by the whole width gives 0: `/0` has every address.
            return (network.value ^ address.value) >> (network.width - prefix) == 0
        }
    }

    private let ranges: [Range]

    /// No address is in it.
    package static let none = AddressRanges(ranges: [])

    private init(ranges: [Range]) {
        self.ranges = ranges
    }

    /// Reads `10.0.0.0/8, 2001:db8::/32, 192.0.2.1`; an address alone is a network of one.
    init(parsing text: String) throws(WrongValue) {
        var ranges: [Range] = []
        for part in SimpleValue.list(text) {
            guard let range = Self.range(part) else {
                throw WrongValue(
                    "has \(part.inQuotes), which is not a network. Write it like 10.0.0.0/8, fd00::/8 or 192.0.2.1.")
            }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    private static func range(_ text: String) -> Range? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let network = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        guard parts.count > 1 else { return Range(network: network, prefix: network.width) }
        // `::ffff:10.0.0.0/104` is IPv4 by now, and its prefix is not.
        guard parts.count == 2, network.isIPv4 == !parts[0].contains(":"), parts[1].utf8.allSatisfy(\.isDigit),
            let prefix = Int(parts[1]), prefix <= network.width
        else { return nil }
        return Range(network: network, prefix: prefix)
    }

    package var isEmpty: Bool { ranges.isEmpty }

    package func contains(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// Says no for a text that is no address.
    package func contains(_ address: String) -> Bool {
        !isEmpty && IPAddress(address).map(contains) ?? false
    }
}
