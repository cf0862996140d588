import Cryptography

extension SMTPSettings {
    /// Reads `smtp://user:password@host:587?starttls=required` or `smtps://…`; user and password percent-encoded.
    ///
    /// Without a port it is 587, for smtps 465. STARTTLS is used whenever it is offered, and demanded unless the host is
    /// this machine; `starttls=required` or `optional` decides otherwise.
    ///
    /// - Throws: ``SMTPSettingsError``, which never has the password in it.
    package init(url: String, caFile: String? = nil, clientName: String = "localhost") throws {
        let isImplicit = url.lowercased().hasPrefix("smtps://")
        guard isImplicit || url.lowercased().hasPrefix("smtp://") else { throw SMTPSettingsError.badScheme }
        let afterScheme = url.dropFirst(isImplicit ? 8 : 7)
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        let rest = afterScheme.dropFirst(authority.count)
        let at = authority.lastIndex(of: "@")
        let hostAndPort = at.map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = try Self.hostAndPort(hostAndPort)
        self.init(
            host: host, port: port ?? (isImplicit ? 465 : 587),
            security: try Self.security(rest, isImplicit: isImplicit, isLocal: Self.isLoopback(host)),
            credentials: try at.map { try Self.credentials(authority[..<$0]) }, caFile: caFile, clientName: clientName)
    }

    /// Reads what follows host and port.
    private static func security(_ rest: Substring, isImplicit: Bool, isLocal: Bool) throws -> Security {
        let query = rest.first == "/" ? rest.dropFirst() : rest
        if query.isEmpty {
            guard !isImplicit else { return .implicit }
            return isLocal ? .startTLSIfOffered : .startTLS
        }
        guard !isImplicit else { throw SMTPSettingsError.unknownOption }
        switch query {
        case "?starttls=required": return .startTLS
        case "?starttls=optional": return .startTLSIfOffered
        default: throw SMTPSettingsError.unknownOption
        }
    }

    private static func credentials(_ text: Substring) throws -> Credentials {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { throw SMTPSettingsError.noPassword }
        let user = try percentDecoded(text[..<colon])
        let password = try percentDecoded(text[text.index(after: colon)...])
        guard !password.isEmpty else { throw SMTPSettingsError.noPassword }
        return Credentials(user: user, password: Secret(password))
    }

    private static func hostAndPort(_ text: Substring) throws -> (host: String, port: Int?) {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { throw SMTPSettingsError.badHost }
            let host = text[text.index(after: text.startIndex)..<end]
            guard !host.isEmpty, host.utf8.allSatisfy({ "0123456789abcdefABCDEF:.".utf8.contains($0) }) else {
                throw SMTPSettingsError.badHost
            }
            return (String(host), try port(text[text.index(after: end)...]))
        }
        let name = text.prefix { $0 != ":" }
        guard let host = try? DomainName.ascii(String(name)) else { throw SMTPSettingsError.badHost }
        return (host, try port(text.dropFirst(name.count)))
    }

    /// Reads `:587`, or nothing.
    private static func port(_ text: Substring) throws -> Int? {
        guard !text.isEmpty else { return nil }
        guard text.first == ":", let port = Int(text.dropFirst()), 1...65_535 ~= port else {
            throw SMTPSettingsError.badPort
        }
        return port
    }

    private static func isLoopback(_ host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isFourNumbers = numbers.count == 4 && !numbers.contains(nil)
        return host == "localhost" || host == "::1" || (isFourNumbers && numbers[0] == 127)
    }

    /// - Throws: ``SMTPSettingsError/badPercentEncoding``, also for control characters, which would break the protocol.
    private static func percentDecoded(_ text: Substring) throws -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let high = hexValue(digits[digits.startIndex]),
                let low = hexValue(digits[digits.startIndex + 1])
            else { throw SMTPSettingsError.badPercentEncoding }
            bytes.append(high << 4 | low)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
        else { throw SMTPSettingsError.badPercentEncoding }
        return decoded
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
