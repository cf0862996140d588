import Testing

@testable import JSONSchema

struct FormatTests {
    @Test(
        arguments: [
            (
                "time", ["08:30:06Z", "23:59:60Z", "00:29:60+00:30", "08:30:06.283185z", "08:30:06-08:00"],
                ["24:00:00Z", "08:30:06", "22:59:60Z", "08:30:06.Z", "8:30:06Z", "01:02:03+24:00", "১2:00:00Z"]
            ),
            (
                "duration", ["P4DT12H30M5S", "P4Y", "PT0S", "P1M", "PT1M", "P2W", "P1YT1S"],
                ["PT1D", "P", "P1YT", "PT", "P2D1Y", "P1D2H", "P2S", "P1Y2W", "P1", "4D", "P1Y2D", "P২Y"]
            ),
            (
                "hostname", ["www.example.com", "a", "1host", "xn--4gbwdl.xn--wgbh1c", "a-b.c"],
                ["-a.b", "a-.b", "a_b", "a..b", ".a", "a.", "", "a b", String(repeating: "a", count: 64), "ä.de"]
            ),
            (
                "ipv6",
                [
                    "::1", "::", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1::8", "1:2:3:4:5:6:1.2.3.4", "12::",
                    "::42:ff:1",
                ],
                [
                    "12345::", "1:2:3:4:5:6:7", "1::2::3", "::laptop", "1:2:3:4:5:6:7:8:9", ":1", "1:", "::1%eth1",
                    "1:::2",
                    "::ffff:256.1.1.1", "1.2.3.4::", "", "1:2:3:4:5:6:7::8", "1.2.3.4",
                ]
            ),
            (
                "uri",
                [
                    "http://foo.bar/?baz=qux#quux", "http://foo.com/blah_(wikipedia)_blah#cite-1", "mailto:a@b.c",
                    "urn:a:b",
                    "ftp://[2001:db8::1]:21/x", "http://u:p@h:80/%20", "http://[v1.a]/", "file:///x",
                ],
                [
                    "//foo.bar/", "/abs", "abc", "http:// x", "http://a b", ":// f", "bar,baz:foo", "https://[@x.org/",
                    "http://a/%2",
                    "\\\\win\\share", "http://x:1a/", "http://a/<>", "http://ex.com/ü", "http://[::1%25]/",
                ]
            ),
            (
                "iri", ["http://ƒøø.ßår/?∂éœ=πîx#πîüx"],
                ["/abs", "http://2001:0db8:85a3:0000:0000:8a2e:0370:7334", "http://a/\u{E000}"]
            ),
            ("iri-reference", ["//ƒøø.ßår", "/âππ", "#ƒ"], ["\\\\WINDOWS\\filëßåré", "#ƒräg\\mênt"]),
            (
                "uri-template", ["http://x/dict/{term:1}/{term}", "{+a,b*}", "dictionary"],
                ["{term:1", "a}", "{a:0}", "{-b}"]
            ),
            ("json-pointer", ["", "/a~0/~1"], ["a", "/~", "#/a"]),
            ("relative-json-pointer", ["1", "0/foo/bar", "2#", "120/x"], ["/foo", "-1/a", "0##", "01/a", "", "+1/a"]),
            ("regex", ["a(?=b)\\1"], ["^(abc]", "\\a"]),
            (
                "email", ["a.b@c.de", "\"a b\"@c.de", "a@[IPv6:::1]", "a@[127.0.0.1]"],
                ["a", "@b", "a@", ".a@b", "a.@b", "a..b@c", "a b@c", "a@b_c", "é@b.de", "a@[300.0.0.1]", "a@b.de\n"]
            ),
            ("date", ["2024-02-29"], ["2023-02-29", "2024-2-9", "2024-13-01", "2024-01-00", "2024-01-01 "]),
        ] as [(String, [String], [String])])
    func aFormatTakesWhatItShouldAndNoMore(name: String, good: [String], bad: [String]) throws {
        let format = try #require(Format.all[name])
        for text in good { #expect(format.accepts(text), "\(name): \(text)") }
        for text in bad { #expect(!format.accepts(text), "\(name): \(text)") }
    }
}
