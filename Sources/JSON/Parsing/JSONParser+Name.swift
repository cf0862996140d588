/// A name of up to 15 bytes that came before, with its bytes.
struct CachedName {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var length = -1
    var name = ""
}

extension JSONParser {
    private static var cacheSize: Int { 64 }
    /// Only a document with more names than that repeats enough of them.
    private static var namesBeforeCache: Int { 40 }

    /// Reads the name of a member. Large documents have few different ones, and to find one is quicker than to make it.
    mutating func readMemberName() throws(JSONSyntaxError) -> String {
        guard namesRead >= Self.namesBeforeCache else {
            namesRead += 1
            return try readString()
        }
        let start = position + 1
        guard start + 16 <= bytes.count else { return try readString() }
        let raw = UnsafeRawBufferPointer(bytes)
        var first = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        var second = raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
        let length: Int
        if let end = Self.plainBytes(first) {
            length = end
            first &= (1 << UInt64(end * 8)) &- 1
            second = 0
        } else if let end = Self.plainBytes(second) {
            length = 8 + end
            second &= (1 << UInt64(end * 8)) &- 1
        } else {
            return try readString()
        }
        guard bytes[start + length] == UInt8(ascii: "\"") else { return try readString() }
        if cachedNames.isEmpty { cachedNames = Array(repeating: CachedName(), count: Self.cacheSize) }
        let hash = (first ^ (second &* 0x9E37_79B9_7F4A_7C15)) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(hash >> 58)
        if cachedNames[slot].first == first, cachedNames[slot].second == second, cachedNames[slot].length == length {
            position = start + length + 1
            return cachedNames[slot].name
        }
        let name = try readString()
        cachedNames[slot] = CachedName(first: first, second: second, length: length, name: name)
        return name
    }
}
