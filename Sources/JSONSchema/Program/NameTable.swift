import JSON

/// Names with their places: a hash table over bytes, several times as fast as a dictionary of strings.
///
/// Only a schema's names are put in, so nobody can choose them to collide; names that are looked up are compared with at
/// most those.
struct NameTable: Sendable {
    private(set) var names: [String] = []
    /// The place of a name, or -1; a power of two long, and at least half empty.
    private var slots: [Int32] = [-1]

    var count: Int { names.count }

    /// Puts in a name that is not there yet; its place.
    mutating func insert(_ name: String) -> Int {
        names.append(name)
        if names.count * 2 > slots.count {
            slots = Array(repeating: -1, count: slots.count * 4)
            for place in names.indices { occupy(place) }
        } else {
            occupy(names.count - 1)
        }
        return names.count - 1
    }

    private mutating func occupy(_ place: Int) {
        var slot = Self.hash(names[place]) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(place)
    }

    func place(of name: String) -> Int? {
        guard !names.isEmpty else { return nil }
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if names[place].hasSameBytes(as: name) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Takes length, beginning and end of a name, which tell most apart.
    private static func hash(_ name: String) -> Int {
        let hash = name.utf8.withContiguousStorageIfAvailable { bytes -> UInt64 in
            var hash = UInt64(bytes.count)
            let raw = UnsafeRawBufferPointer(bytes)
            if bytes.count >= 8 {
                hash ^= raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
                hash = hash &* 0x9E37_79B9_7F4A_7C15
                hash ^= raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            } else {
                for byte in bytes { hash = hash << 8 ^ UInt64(byte) ^ hash >> 56 }
            }
            hash = hash &* 0x9E37_79B9_7F4A_7C15
            return hash ^ hash >> 32
        }
        return Int(truncatingIfNeeded: hash ?? 0)
    }
}
