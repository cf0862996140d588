import JSON

/// Names with their places: a hash table over bytes, several times as fast as a dictionary of strings.
///
/// Only a schema's names are put in, so nobody can choose them to collide; names that are looked up are compared with at
/// most those.
struct NameTable: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64 = 0
        /// -1 where nothing is.
        var place = -1
    }

    private(set) var names: [String] = []
    /// A power of two long, and at least half empty.
    private var slots = [Slot(), Slot()]

    /// Puts in a name that is not there yet; its place.
    mutating func insert(_ name: String) -> Int {
        names.append(name)
        if names.count * 2 > slots.count {
            slots = Array(repeating: Slot(), count: slots.count * 4)
            for place in names.indices { occupy(place) }
        } else {
            occupy(names.count - 1)
        }
        return names.count - 1
    }

    private mutating func occupy(_ place: Int) {
        let hash = names[place].withBytes(Self.hash)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(hash: hash, place: place)
    }

    @inline(__always)
    func place(of name: String) -> Int? {
        name.withBytes { bytes in
            let hash = Self.hash(bytes)
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot].place >= 0 {
                if slots[slot].hash == hash, isSame(slots[slot].place, bytes) { return slots[slot].place }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    @inline(__always)
    private func isSame(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        names[place].withBytes { $0.count == bytes.count && $0.hasSameBytes(as: bytes) }
    }

    /// Takes length, beginning and end of a name, which tell most apart.
    @inline(__always)
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = UInt64(bytes.count)
        if bytes.count >= 8 {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)) &* factor
            hash ^= hash >> 32
            hash ^= raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        } else if bytes.count >= 4 {
            hash ^= UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self)) << 32
            hash ^= UInt64(raw.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)) << 8
        } else {
            for byte in bytes { hash = hash << 8 ^ UInt64(byte) }
        }
        hash = hash &* factor
        return hash ^ hash >> 32
    }
}
