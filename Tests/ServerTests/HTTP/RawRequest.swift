import Testing

/// A request as bytes, and what must come back for it.
struct RawRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: Int
    /// Of the problem document; nil for an answer that is none.
    let code: String?
    /// Whether the connection ends with the answer.
    let closes: Bool

    var testDescription: String { name }

    /// `text` in Latin-1, so that a test can send any byte.
    private init(_ name: String, _ text: String, _ status: Int, _ code: String? = nil, closes: Bool) {
        self.name = name
        bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        self.status = status
        self.code = code
        self.closes = closes
    }

    private static func served(_ name: String, _ text: String, _ status: Int = 200, closes: Bool = false) -> Self {
        Self(name, text, status, closes: closes)
    }

    private static func refused(
        _ name: String, _ text: String, _ status: Int = 400, _ code: String = "MALFORMED_REQUEST", closes: Bool = true
    ) -> Self {
        Self(name, text, status, code, closes: closes)
    }

    private static func get(_ target: String, _ headers: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n"
    }

    private static func post(_ headers: String, _ body: String) -> String {
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n\(body)"
    }

    private static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body) }

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    static let all = lines + hosts + versions + lengths + chunks + fields + sizes + targets + methods + upgrades

    private static let lines = [
        refused("a TLS hello", "\u{16}\u{03}\u{01}\u{02}\u{00}\r\n\r\n"),
        refused("a word", "HELLO\r\n\r\n"),
        refused("no version", "GET /healthz\r\n\r\n"),
        refused("a method in small letters", "get /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        refused("an unknown method", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        refused("two spaces in the target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        refused("bare line feeds", "GET /healthz HTTP/1.1\nHost: localhost\n\n"),
        refused("one bare line feed", "GET /healthz HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n"),
        served("empty lines before it", "\r\n\r\n" + get("/healthz")),
    ]

    private static let hosts = [
        refused("no Host", "GET /healthz HTTP/1.1\r\n\r\n"),
        refused("two Hosts", get("/healthz", "Host: localhost\r\n")),
        refused("two hosts in one", "GET / HTTP/1.1\r\nHost: localhost, evil.example.com\r\n\r\n"),
        refused("a user before the host", "GET / HTTP/1.1\r\nHost: localhost:80@evil.example.com\r\n\r\n"),
        refused("a port that is none", "GET / HTTP/1.1\r\nHost: localhost:evil\r\n\r\n"),
        refused("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        refused(
            "a foreign Host", "GET / HTTP/1.1\r\nHost: evil.example.com\r\n\r\n", 421, "MISDIRECTED_REQUEST"),
    ]

    private static let versions = [
        served("HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", closes: true),
        served(
            "HTTP/1.0 that would stay", "GET /healthz HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n",
            closes: true),
        served(
            "a shop's HTTP/1.0",
            "POST /api/auth/login HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}",
            closes: true),
        refused("HTTP/1.2", "GET /healthz HTTP/1.2\r\nHost: localhost\r\n\r\n"),
        refused("HTTP/2.0", "GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        refused("HTTP/2's first bytes", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ]

    private static let lengths = [
        served("a length", post("Content-Length: 2\r\n", "{}")),
        refused("two lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")),
        refused("two different lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")),
        refused("two lengths in one", post("Content-Length: 2, 2\r\n", "{}")),
        refused("a negative length", post("Content-Length: -2\r\n", "{}")),
        refused("a length with a sign", post("Content-Length: +2\r\n", "{}")),
        refused("a hexadecimal length", post("Content-Length: 0x2\r\n", "{}")),
        refused("an empty length", post("Content-Length: \r\n", "")),
        refused("a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "{}")),
        refused("a length over the limit", post("Content-Length: 65537\r\n", "{}"), 413, "PAYLOAD_TOO_LARGE"),
        refused("length, then encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        refused("encoding, then length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        refused("two encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        refused("another encoding first", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        refused("an unknown encoding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        refused(
            "an encoding in HTTP/1.0",
            "POST /api/auth/login HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    private static let chunks = [
        served("chunks", chunked("1\r\n{\r\n1;name=value\r\n}\r\n0\r\nX-Trailer: a\r\n\r\n")),
        refused("a size that is no number", chunked("zz\r\n{}\r\n0\r\n\r\n")),
        refused("a negative size", chunked("-2\r\n{}\r\n0\r\n\r\n")),
        refused("a size with 0x", chunked("0x2\r\n{}\r\n0\r\n\r\n")),
        refused("a size beyond 64 bits", chunked("10000000000000002\r\n{}\r\n0\r\n\r\n")),
        refused("a chunk longer than its size", chunked("1\r\n{}\r\n0\r\n\r\n")),
        refused("sizes that end in a line feed", chunked("2\n{}\n0\n\n")),
        refused(
            "chunks over the limit", chunked(String(repeating: "4000\r\n\(letters(0x4000))\r\n", count: 5)), 413,
            "PAYLOAD_TOO_LARGE"),
    ]

    private static let fields = [
        served("a value in Latin-1", get("/healthz", "User-Agent: caf\u{e9}\r\n")),
        refused("a folded line", get("/healthz", "X-A: a\r\n b\r\n")),
        refused("a folded line after nothing", get("/healthz", "X-A:\r\n\tb\r\n")),
        refused("NUL in a value", get("/healthz", "X-A: a\u{0}b\r\n")),
        refused("NUL in a name", get("/healthz", "X\u{0}A: b\r\n")),
        refused("CR in a value", get("/healthz", "X-A: a\rb\r\n")),
        refused("an escape in a value", get("/healthz", "X-A: \u{1b}[31m\r\n")),
        refused("a space before the colon", get("/healthz", "X-A : b\r\n")),
        refused("no colon", get("/healthz", "X-A\r\n")),
        refused("no name", get("/healthz", ": b\r\n")),
    ]

    private static let sizes = [
        refused("17 KiB in one header", get("/healthz", "X-A: \(letters(17 << 10))\r\n"), 431, "HEADERS_TOO_LARGE"),
        refused(
            "17 KiB in many headers", get("/healthz", String(repeating: "X-A: \(letters(1017))\r\n", count: 17)), 431,
            "HEADERS_TOO_LARGE"),
        refused(
            "many small headers", get("/healthz", String(repeating: "a:b\r\n", count: 1000)), 431, "HEADERS_TOO_LARGE"),
        refused("100 KiB of header", get("/healthz", "X-A: \(letters(100 << 10))\r\n"), 431, "HEADERS_TOO_LARGE"),
        refused("9 KiB of target", get("/\(letters(9 << 10))"), 414, "URI_TOO_LONG"),
        refused("100 KiB of target", get("/\(letters(100 << 10))"), 414, "URI_TOO_LONG"),
        served("a long target", get("/healthz?\(letters(8000))")),
    ]

    private static let targets = [
        served("a whole URL", "GET http://localhost/healthz HTTP/1.1\r\nHost: elsewhere\r\n\r\n"),
        served("a URL without a path", get("http://localhost?a=b")),
        refused("a foreign URL", get("http://evil.example.com/"), 421, "MISDIRECTED_REQUEST"),
        refused("a URL with a user", get("http://localhost:80@evil.example.com/")),
        refused("another scheme", get("ftp://localhost/")),
        refused("an authority", get("localhost:80")),
        refused("an asterisk", get("*")),
        refused("a fragment", get("/healthz#a")),
        refused("bytes beyond ASCII", get("/\u{e4}")),
        refused("an unknown path", get("/nothing"), 404, "NOT_FOUND", closes: false),
        refused("a percent-encoded path", get("/%68ealthz"), 404, "NOT_FOUND", closes: false),
        refused("a percent-encoded NUL", get("/healthz%00"), 404, "NOT_FOUND", closes: false),
        refused("dots", get("/../healthz"), 404, "NOT_FOUND", closes: false),
        refused("percent-encoded dots", get("/%2e%2e/healthz"), 404, "NOT_FOUND", closes: false),
        refused("two slashes", get("//healthz"), 404, "NOT_FOUND", closes: false),
    ]

    private static let methods = [
        refused("TRACE", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "METHOD_NOT_ALLOWED", closes: false),
        refused("OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "METHOD_NOT_ALLOWED", closes: false),
        refused(
            "OPTIONS of the server", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "METHOD_NOT_ALLOWED",
            closes: false),
        refused(
            "CONNECT", "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "METHOD_NOT_ALLOWED"),
    ]

    private static let upgrades = [
        served(
            "HTTP/2",
            get("/healthz", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n"),
            closes: true),
        served("a web socket", get("/healthz", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), closes: true),
    ]
}
