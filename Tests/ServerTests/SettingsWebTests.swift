import Server
import Testing

struct SettingsWebTests {
    @Test(arguments: [
        ("https://auth.example.com", "https://auth.example.com"),
        ("https://auth.example.com/", "https://auth.example.com"),
        ("HTTPS://Auth.Example.COM:443", "https://auth.example.com"),
        ("https://a.example.com:8443", "https://a.example.com:8443"),
        ("http://localhost:80/", "http://localhost"), ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ])
    func thePublicURLIsBroughtIntoOneSpelling(text: String, url: String) throws {
        let web = try load(["USHER_PUBLIC_URL": text]).web
        #expect(web.publicURL.description == url)
        #expect(web.audience == url)
        #expect(web.publicURL.isHTTPS == url.hasPrefix("https"))
    }

    @Test(arguments: [
        ("auth.example.com", "not a URL"), ("ftp://auth.example.com", "must begin with https://"),
        ("https://auth.example.com/usher", "no path"), ("https://auth.example.com?x", "no query"),
        ("https://auth.example.com#x", "#"), ("https://u:p@auth.example.com", "user"), ("https://", "no host"),
        ("https://auth.example.com:0", "port"), ("https://bücher.example", "xn--"), ("https://a b", "Percent-encode"),
        ("http://auth.example.com", "USHER_ALLOW_HTTP=1"), ("http://localhost.example.com", "USHER_ALLOW_HTTP=1"),
        ("http://10.0.0.1", "USHER_ALLOW_HTTP=1"), ("https://[::1", "host"), ("https://-a.example.com", "host"),
    ])
    func aPublicURLThatCannotServeIsRefused(text: String, says: String) {
        let list = problems(["USHER_PUBLIC_URL": text])
        #expect(list.count == 1 && list[0].contains(says), "\(list)")
    }

    @Test func anOriginMatchesByAllOfSchemeHostAndPort() throws {
        let origins = try load(["USHER_ALLOWED_ORIGINS": "https://A.example.com , http://b.example.com:8080,"]).web
            .allowedOrigins
        func isAllowed(_ header: String) -> Bool { WebOrigin(header).map(origins.contains) ?? false }
        #expect(isAllowed("https://a.example.com") && isAllowed("https://a.example.com:443"))
        #expect(isAllowed("http://b.example.com:8080"))
        for other in [
            "http://a.example.com", "https://a.example.com:8443", "https://a.example.com.evil.example", "null", "",
            "https://sub.a.example.com", "https://a.example.com/", "https://x@a.example.com", "http://b.example.com",
        ] {
            #expect(!isAllowed(other), "\(other)")
        }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("0.0.0.0/0", "8.8.8.8", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true), ("::/0", "8.8.8.8", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false), ("::1", "::1", true),
        ("fe80::/10", "fe80::1", true), ("10.1.2.3/8", "10.9.9.9", true), ("10.0.0.0/8, ::1/128", "::1", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("10.0.0.0/8", "localhost", false), ("10.0.0.0/8", "", false),
    ])
    func aNetworkHoldsItsAddresses(ranges: String, address: String, isInside: Bool) throws {
        #expect(try load(["USHER_TRUSTED_PROXIES": ranges]).web.trustedProxies.contains(address) == isInside)
    }

    @Test(arguments: [
        "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.+4", "", ":", ":::", "1::2::3", "12345::",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1%eth0", "[::1]", "1.2.3.4::", "1:2:3:4:5:6:7::8", "::g", "::-1",
    ])
    func whatIsNoAddressIsNotTakenForOne(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("::", "0:0:0:0:0:0:0:0"), ("2001:DB8::1", "2001:0db8:0:0:0:0:0:1"), ("1::", "1:0:0:0:0:0:0:0"),
        ("::192.0.2.1", "::c000:201"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::ffff:1.2.3.4", "1.2.3.4"),
    ])
    func spellingsOfOneAddressAreEqual(left: String, right: String) throws {
        #expect(try #require(IPAddress(left)) == #require(IPAddress(right)))
    }
}
