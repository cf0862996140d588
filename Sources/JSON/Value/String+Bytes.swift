extension String {
    /// Whether both are the same code points. Swift's `==` also takes different spellings of a character as equal
    /// (Unicode canonical equivalence), which JSON does not (RFC 8259 section 8.3).
    @inline(__always)
    package func hasSameBytes(as other: String) -> Bool {
        // `==` is quick to say no; only a yes needs a second look.
        guard self == other else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
