import HTTPTypes

@testable import Cryptography
@testable import Server

/// Lines of `Cookie`. The token is found among whatever else is there, and in a browser over https only under its safe name.
enum CookieTarget {
    static func run(_ input: [UInt8]) {
        guard let flags = input.first else { return }
        let (isHTTPS, isBrowser) = (flags & 1 == 1, flags & 2 == 2)
        let make = flags & 4 == 4 ? RefreshCookie.accountPage : RefreshCookie.application
        let cookie = make(isHTTPS)
        var headers = HTTPFields()
        if isBrowser { headers[.secFetchSite] = "same-origin" }
        for line in input.dropFirst().split(separator: UInt8(ascii: "\n"), maxSplits: 8) {
            headers.append(HTTPField(name: .cookie, value: String(decoding: line, as: UTF8.self)))
        }

        let found = cookie.token(in: headers)
        if let token = found?.unredacted {
            require(cookie.isCarried(by: headers), "a cookie that is read is carried")
            require(!token.contains(";") && token[...].trimmed() == token, "a value ends where it ends")
            let lines = headers[values: .cookie]
            require(lines.contains { $0.contains(token) }, "a token is one that was sent")
            if isHTTPS, isBrowser { require(lines.contains { $0.contains("__Host-") }, "a browser has the safe name") }
        }
        guard !cookie.isCarried(by: headers) else { return }
        require(found == nil, "what is not carried is not read")
        let line = cookie.set(Secret("ush_rt_AB-_9"), lifetime: .seconds(60))
        headers.append(HTTPField(name: .cookie, value: "theme=dark;" + line.prefix { $0 != ";" } + "; other=\"1\""))
        require(cookie.token(in: headers)?.unredacted == "ush_rt_AB-_9", "what was set is found among others")
        require(
            cookie.token(in: HTTPFields([HTTPField(name: .cookie, value: cookie.cleared)]))?.unredacted == "", "cleared"
        )
    }
}
