/// Scheme, host and port: what browsers send as `Origin` (RFC 6454). Two are equal if all three are.
package struct WebOrigin: Sendable, Hashable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case http, https

        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    package let scheme: Scheme
    /// In lower case; IPv6 in brackets.
    package let host: String
    package let port: Int

    init(scheme: Scheme, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Reads the value of an `Origin` header; nil for `null` and anything else that is no origin.
    package init?(_ header: String) {
        guard let parts = try? URLParts(header), parts.path.isEmpty, let origin = try? WebOrigin(parts) else {
            return nil
        }
        self = origin
    }

    /// Takes a URL that has neither a user nor a query, and no path but `/`.
    init(_ parts: URLParts) throws(WrongValue) {
        guard let scheme = Scheme(rawValue: parts.scheme) else {
            throw WrongValue("must begin with https:// or http://.")
        }
        guard parts.userInfo == nil else { throw WrongValue("must not hold a user or a password.") }
        guard parts.path.allSatisfy({ $0 == "/" }), parts.query == nil else {
            throw WrongValue("must end after the host and its port: no path, no query.")
        }
        self.init(scheme: scheme, host: parts.host, port: parts.port ?? scheme.defaultPort)
    }

    /// Whether it is on this machine.
    package var isLoopback: Bool { HostName.isLoopback(host) }

    /// As browsers write it: the port only where it is not the scheme's own.
    package var description: String {
        "\(scheme.rawValue)://\(authority)"
    }

    /// Host and port as in a `Host` header.
    package var authority: String {
        port == scheme.defaultPort ? host : "\(host):\(port)"
    }
}

extension WebOrigin {
    /// Reads a list like `https://shop.example.com, https://admin.example.com:8443`.
    static func list(_ text: String) throws(WrongValue) -> Set<WebOrigin> {
        var origins: Set<WebOrigin> = []
        for part in SimpleValue.list(text) {
            guard part != "*" else {
                throw WrongValue(
                    "would let every site act for your users. List the origins, like https://shop.example.com.")
            }
            do {
                origins.insert(try WebOrigin(URLParts(part)))
            } catch {
                throw WrongValue("has \(part.inQuotes), which \(error.message)")
            }
        }
        return origins
    }
}
