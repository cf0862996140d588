import Testing

@testable import Server

struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.255", "192.0.2.255"), ("::ffff:192.0.2.1", "192.0.2.1"), ("127.0.0.1", "127.0.0.1"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"), ("2001:db8::1", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"),
    ])
    func anIPv4AddressIsANetworkAndSoAreTheFirst64BitsOfIPv6(address: String, network: String) {
        #expect(IPAddress(address)?.network == network)
    }
}
