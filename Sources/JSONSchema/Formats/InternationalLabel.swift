/// Labels of host names with letters beyond ASCII: U-labels of IDNA 2008 (RFC 5891 section 4.2, RFC 5892).
///
/// Not checked are normalisation form C and the rule for text that runs from right to left (RFC 5893): the standard
/// library does not tell the properties that they need.
enum InternationalLabel {
    static func isLabel(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, first != "-", label.last != "-" else { return false }
        if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return label.indices.allSatisfy { isAllowed(at: $0, in: label) }
    }

    private static func isAllowed(at place: Int, in label: [Unicode.Scalar]) -> Bool {
        let scalar = label[place]
        switch scalar {
        case "a"..."z", "0"..."9", "-": return true
        case "\u{DF}", "\u{3C2}", "\u{6FD}", "\u{6FE}", "\u{F0B}", "\u{3007}": return true
        case "\u{640}", "\u{7FA}", "\u{302E}", "\u{302F}", "\u{3031}"..."\u{3035}", "\u{303B}": return false
        case "\u{B7}", "\u{375}", "\u{5F3}", "\u{5F4}", "\u{30FB}", "\u{660}"..."\u{669}", "\u{6F0}"..."\u{6F9}",
            "\u{200C}", "\u{200D}":
            return fitsContext(at: place, in: label)
        default: return isLetterOrDigit(scalar)
        }
    }

    /// RFC 5892 sections 2 and 3: letters, digits and marks that are the same in every case and form.
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark,
            .spacingMark:
            break
        default: return false
        }
        switch scalar.value {
        // Hangul letters of old, and blocks of notes and of marks for symbols.
        case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7FB, 0x20D0...0x20FF, 0x1D100...0x1D24F: return false
        default: return !properties.changesWhenNFKCCaseFolded && !properties.isDefaultIgnorableCodePoint
        }
    }

    /// RFC 5892 appendix A.
    private static func fitsContext(at place: Int, in label: [Unicode.Scalar]) -> Bool {
        let before = place > 0 ? label[place - 1] : nil
        let behind = place + 1 < label.count ? label[place + 1] : nil
        switch label[place] {
        case "\u{200C}": return before.map(isVirama) ?? false || joins(at: place, in: label)
        case "\u{200D}": return before.map(isVirama) ?? false
        case "\u{B7}": return before == "l" && behind == "l"
        case "\u{375}": return behind.map { greek.contains($0) } ?? false
        case "\u{5F3}", "\u{5F4}": return before.map { hebrew.contains($0) } ?? false
        case "\u{30FB}": return label.contains { $0 != "\u{30FB}" && japanese.contains($0) }
        case "\u{660}"..."\u{669}": return !label.contains { ("\u{6F0}"..."\u{6F9}").contains($0) }
        default: return !label.contains { ("\u{660}"..."\u{669}").contains($0) }
        }
    }

    private static func isVirama(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass == .virama
    }

    /// Whether the letters on both sides of a place would join, so that keeping them apart means something.
    private static func joins(at place: Int, in label: [Unicode.Scalar]) -> Bool {
        let before = label[..<place].last { !JoiningType.isTransparent($0) }
        let behind = label[(place + 1)...].first { !JoiningType.isTransparent($0) }
        guard let before, let behind else { return false }
        return JoiningType.joinsBehind(before) && JoiningType.joinsBefore(behind)
    }

    private static let greek = ScalarSet(ranges: Scripts.byName["Grek"]?.ranges ?? []).finished()
    private static let hebrew = ScalarSet(ranges: Scripts.byName["Hebr"]?.ranges ?? []).finished()
    private static let japanese = ScalarSet(
        ranges: ["Hira", "Kana", "Hani"].flatMap { Scripts.byName[$0]?.ranges ?? [] }
    ).finished()
}
