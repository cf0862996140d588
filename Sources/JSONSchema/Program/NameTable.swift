import JSON

/// Names with their places: a hash table over bytes, several times as fast as a dictionary of strings.
///
/// Only a schema's names are put in, so nobody can choose them to collide; names that are looked up are compared with at
/// most those.
struct NameTable: Sendable {
    /// The first and the last eight bytes of a name, or less where it is shorter: with the length, these are all of one with
    /// up to 16 bytes.
    fileprivate struct Ends: Equatable {
        var first: UInt64 = 0
        var last: UInt64 = 0
        /// -1 of a slot where no name is.
        var length = -1
    }

    private struct Slot: Sendable {
        var ends = Ends()
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
        let ends = names[place].withBytes(Ends.init)
        var slot = ends.hash & (slots.count - 1)
        while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(ends: ends, place: place)
    }

    @inline(__always)
    func place(of name: String) -> Int? {
        name.withBytes { bytes in
            let ends = Ends(bytes)
            var slot = ends.hash & (slots.count - 1)
            while slots[slot].place >= 0 {
                if slots[slot].ends == ends, bytes.count <= 16 || isSame(slots[slot].place, bytes) {
                    return slots[slot].place
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private func isSame(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        names[place].withBytes { $0.hasSameBytes(as: bytes) }
    }
}

extension NameTable.Ends {
    @inline(__always)
    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        length = bytes.count
        if bytes.count >= 8 {
            first = raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
            last = raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        } else if bytes.count >= 4 {
            first = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            last = UInt64(raw.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self))
        } else {
            for byte in bytes { first = first << 8 | UInt64(byte) }
        }
    }

    @inline(__always)
    fileprivate var hash: Int {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        let mixed = ((first ^ UInt64(truncatingIfNeeded: length)) &* factor ^ last) &* factor
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }
}
