import Cryptography
import HTTPTypes

/// The cookie in which a browser keeps its refresh token: no script and no other site can use it (RFC 6265).
struct RefreshCookie: Sendable {
    /// Whether the public URL is https; over plain http on this machine the cookie cannot be secure.
    let isHTTPS: Bool
    /// The name over http. The page of the account has a cookie of its own, so that it never disturbs the application's.
    private let plainName: String

    /// The cookie of applications.
    static func application(isHTTPS: Bool) -> Self { Self(isHTTPS: isHTTPS, plainName: "refreshToken") }

    /// The cookie of the page on which people look after their account.
    static func accountPage(isHTTPS: Bool) -> Self { Self(isHTTPS: isHTTPS, plainName: "account") }

    /// The prefix makes browsers refuse it from anybody but this very host over https.
    private var secureName: String { "__Host-" + plainName }

    /// The name under which it is set.
    var name: String { isHTTPS ? secureName : plainName }

    func set(_ token: Secret, lifetime: Duration) -> String {
        cookie(token.unredacted, maximumAge: max(0, lifetime.components.seconds))
    }

    var cleared: String { cookie("", maximumAge: 0) }

    private func cookie(_ value: String, maximumAge: Int64) -> String {
        let end = isHTTPS ? "; Secure" : ""
        return name + "=" + value + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + String(maximumAge) + end
    }

    /// The token in the cookies of a request.
    ///
    /// Over https the plain name counts only for a program, which sets the cookie itself: in a browser another host of
    /// the same domain could have set it.
    func token(in headers: HTTPFields) -> Secret? {
        if let token = Self.value(of: secureName, in: headers) { return token }
        let isProgram = headers[.origin] == nil && headers[.secFetchSite] == nil
        return isHTTPS && !isProgram ? nil : Self.value(of: plainName, in: headers)
    }

    /// Whether a request carries either cookie, looked at or not.
    func isCarried(by headers: HTTPFields) -> Bool {
        Self.value(of: secureName, in: headers) != nil || Self.value(of: plainName, in: headers) != nil
    }

    private static func value(of name: String, in headers: HTTPFields) -> Secret? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if halves.count == 2, halves[0].trimmed() == name { return Secret(String(halves[1].trimmed())) }
            }
        }
        return nil
    }
}
