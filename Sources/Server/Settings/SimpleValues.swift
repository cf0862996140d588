import Logging
import Mailer

/// The conversions of settings that need no type of their own.
enum SimpleValue {
    static func port(_ text: String) throws(WrongValue) -> Int {
        guard text.utf8.allSatisfy(\.isDigit), let port = Int(text), 1...65535 ~= port else {
            throw WrongValue("is not a port. Write a number from 1 to 65535.")
        }
        return port
    }

    /// An address or a name to listen on, IPv6 with or without brackets.
    static func host(_ text: String) throws(WrongValue) -> String {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if IPAddress(bare) != nil { return bare }
        guard HostName.isWellFormed(text) else {
            throw WrongValue(
                "is not an address to listen on. Write one like 127.0.0.1, 0.0.0.0 (every interface) or ::1.")
        }
        return text
    }

    static func bool(_ text: String) throws(WrongValue) -> Bool {
        switch text.lowercased() {
        case "1", "true", "yes", "on": true
        case "0", "false", "no", "off": false
        default: throw WrongValue("is neither on nor off. Write 1 or 0.")
        }
    }

    static func onOff(_ text: String) throws(WrongValue) -> Bool {
        do {
            return try bool(text)
        } catch {
            throw WrongValue("is neither on nor off. Write on or off.")
        }
    }

    static func logLevel(_ text: String) throws(WrongValue) -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw WrongValue("is not a log level. Write one of \(levels).")
        }
        return level
    }

    static func logFormat(_ text: String) throws(WrongValue) -> LogFormat {
        guard let format = LogFormat(rawValue: text.lowercased()) else {
            throw WrongValue("is not a log format. Write text or json.")
        }
        return format
    }

    /// One line that people read: a name, at most 100 characters.
    static func name(_ text: String) throws(WrongValue) -> String {
        guard text.unicodeScalars.count <= 100, text.isOneLine else {
            throw WrongValue("is not a name. Write one line of at most 100 characters.")
        }
        return text
    }

    static func audience(_ text: String) throws(WrongValue) -> String {
        guard text.utf8.count <= 500, text.isOneLine, !text.contains(where: \.isWhitespace) else {
            throw WrongValue("is not an audience. Write a URL or a name without spaces.")
        }
        return text
    }

    /// An address with or without a name.
    static func mailbox(_ text: String) throws(WrongValue) -> Mailbox {
        let advice = "Write it like no-reply@example.com or Example <no-reply@example.com>."
        guard text.isOneLine else { throw WrongValue("is not an address. \(advice)") }
        do {
            return try Mailbox(text)
        } catch let error as MailAddressError {
            throw WrongValue("is not an address. \(error) \(advice)")
        } catch {
            throw WrongValue("is not an address. \(advice)")
        }
    }

    /// The parts of a list, which stand between commas.
    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.trimmed()) }.filter { !$0.isEmpty }
    }
}

extension String {
    /// Whether no control character is in it: none that could end a line in a header or a log.
    var isOneLine: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{2028}" && $0 != "\u{2029}" }
    }
}
