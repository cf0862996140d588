import Glibc

/// Takes passwords out of the command line as `ps` shows it to everybody on the machine.
enum HiddenPasswords {
    /// To be called when the arguments have been copied.
    static func hide() {
        guard let (start, end) = argumentArea(), start < end,
            let memory = unsafe UnsafeMutablePointer<UInt8>(bitPattern: start)
        else { return }
        let area = unsafe UnsafeMutableBufferPointer(start: memory, count: Int(end - start))
        for range in unsafe passwords(in: Array(area)) {
            for place in range { unsafe area[place] = UInt8(ascii: "*") }
        }
    }

    /// Where the passwords of addresses such as `postgres://user:password@host/name?password=…` are, and of fields such
    /// as `password=…`.
    static func passwords(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.split(separator: 0).flatMap { argument -> [Range<Int>] in
            if let value = passwordField(argument) { return [value] }
            guard let scheme = argument.firstRange(of: Array("://".utf8)) else { return [] }
            var found: [Range<Int>] = []
            let rest = argument[scheme.upperBound...]
            // A password with an unescaped `/` or `?` in it is wrong, and hidden all the same.
            if let at = rest.lastIndex(of: UInt8(ascii: "@")), let colon = rest[..<at].firstIndex(of: UInt8(ascii: ":"))
            {
                found.append(colon + 1..<at)
            }
            for name in ["password=", "sslpassword="] {
                for range in rest.ranges(of: Array(name.utf8)) where [63, 38].contains(rest[range.lowerBound - 1]) {
                    let end = rest[range.upperBound...].firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
                    found.append(range.upperBound..<end)
                }
            }
            return found
        }
    }

    private static func passwordField(_ argument: ArraySlice<UInt8>) -> Range<Int>? {
        guard let equals = argument.firstIndex(of: UInt8(ascii: "=")), argument.first != UInt8(ascii: "-"),
            String(decoding: argument[..<equals], as: UTF8.self).lowercased().hasSuffix("password")
        else { return nil }
        return equals + 1..<argument.endIndex
    }

    /// Where the kernel takes the arguments from (proc(5): fields 48 and 49).
    private static func argumentArea() -> (UInt, UInt)? {
        // The name, in parentheses, may have anything in it.
        let fields = ProcessStatus.text(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]) else { return nil }
        return (start, end)
    }
}
