import Resources

/// The passwords that everybody tries first: the 10,000 most frequent ones of eight characters or more.
struct CommonPasswords: Sendable {
    /// Lower-case UTF-8, each between two line feeds. One flat text takes a tenth of the memory of a set.
    private let lines: [UInt8]

    init(text: [UInt8]) {
        lines = [10] + text + [10]
    }

    static func bundled() throws -> CommonPasswords {
        guard let text = Resources.bytes(named: "common-passwords.txt") else { throw MissingResource() }
        return CommonPasswords(text: text)
    }

    struct MissingResource: Error {}

    /// Without regard to case. It reads the whole list, 94 KB, in some 30 µs; hashing takes a thousand times as long.
    func contains(_ password: String) -> Bool {
        let wanted = [10] + Array(password.lowercased().utf8) + [10]
        guard !wanted.dropFirst().dropLast().contains(10), lines.count >= wanted.count else { return false }
        return (0...(lines.count - wanted.count)).contains { start in
            lines[start] == 10 && lines[start + 1] == wanted[1]
                && lines[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
