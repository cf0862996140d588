extension ScalarSet {
    /// The code points that `\p{name}` stands for; nil if ECMA-262 knows no such property.
    init?(propertyName name: String) {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false)
        if parts.count == 2, let script = Scripts.byName[String(parts[1])] {
            switch parts[0] {
            case "sc", "Script": self.init(ranges: script.ranges)
            case "scx", "Script_Extensions": self.init(ranges: script.rangesWithShared)
            default: return nil
            }
        } else if let ranges = Self.ofFewRanges[name] {
            self.init(ranges: ranges)
        } else if let property = ScalarProperty(name: name) {
            self.init(property)
        } else {
            return nil
        }
    }

    /// Binary properties that the standard library does not tell.
    private static let ofFewRanges: [String: [ClosedRange<UInt32>]] = {
        let asciiHexDigits: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x46, 0x61...0x66]
        let regionalIndicators: [ClosedRange<UInt32>] = [0x1F1E6...0x1F1FF]
        let emojiComponents: [ClosedRange<UInt32>] = [
            0x23...0x23, 0x2A...0x2A, 0x30...0x39, 0x200D...0x200D, 0x20E3...0x20E3, 0xFE0F...0xFE0F,
            0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0x1F9B0...0x1F9B3, 0xE0020...0xE007F,
        ]
        // It never changes (UAX #31 section 4.1).
        let patternSyntax: [ClosedRange<UInt32>] = [
            0x21...0x2F, 0x3A...0x40, 0x5B...0x5E, 0x60...0x60, 0x7B...0x7E, 0xA1...0xA7, 0xA9...0xA9, 0xAB...0xAC,
            0xAE...0xAE, 0xB0...0xB1, 0xB6...0xB6, 0xBB...0xBB, 0xBF...0xBF, 0xD7...0xD7, 0xF7...0xF7,
            0x2010...0x2027, 0x2030...0x203E, 0x2041...0x2053, 0x2055...0x205E, 0x2190...0x245F, 0x2500...0x2775,
            0x2794...0x2BFF, 0x2E00...0x2E7F, 0x3001...0x3003, 0x3008...0x3020, 0x3030...0x3030, 0xFD3E...0xFD3F,
            0xFE45...0xFE46,
        ]
        return [
            "Any": [0...0x10FFFF], "ASCII": [0...0x7F], "ASCII_Hex_Digit": asciiHexDigits, "AHex": asciiHexDigits,
            "Regional_Indicator": regionalIndicators, "RI": regionalIndicators, "Emoji_Component": emojiComponents,
            "EComp": emojiComponents, "Pattern_Syntax": patternSyntax, "Pat_Syn": patternSyntax,
        ]
    }()
}

/// The scripts of Unicode, read from ``ScriptRanges`` when one is asked for.
enum Scripts {
    struct Script {
        var ranges: [ClosedRange<UInt32>]
        /// Its Script_Extensions: also what it shares with others.
        var rangesWithShared: [ClosedRange<UInt32>]
    }

    static let byName: [String: Script] = {
        var scripts: [String: Script] = [:]
        var longNames: [String: String] = [:]
        for (names, ranges) in entries(ScriptRanges.scripts) {
            scripts[names[0]] = Script(ranges: ranges, rangesWithShared: ranges)
            longNames[names[1]] = names[0]
        }
        let shared = entries(ScriptRanges.shared)
        for (names, ranges) in shared {
            for name in names { scripts[name]?.rangesWithShared += ranges }
        }
        // What others share is not common any more.
        let sharedRanges = shared.flatMap(\.ranges)
        for name in ["Zyyy", "Zinh"] {
            let ranges = scripts[name]?.ranges ?? []
            scripts[name]?.rangesWithShared = ScalarSet.difference(ranges, sharedRanges)
        }
        for (long, short) in longNames { scripts[long] = scripts[short] }
        scripts["Qaac"] = scripts["Copt"]
        scripts["Qaai"] = scripts["Zinh"]
        return scripts
    }()

    private static func entries(_ text: StaticString) -> [(names: [String], ranges: [ClosedRange<UInt32>])] {
        text.description.replacing("\n  ", with: " ").split(separator: "\n").map { line in
            let parts = line.split(separator: ":")
            return (parts[0].split(separator: " ").map(String.init), ScalarSet.ranges(hexadecimal: parts[1]))
        }
    }
}

extension ScalarSet {
    /// Code points and ranges such as `41-5A 5F`.
    init(hexadecimal text: StaticString) {
        self.init(ranges: Self.ranges(hexadecimal: Substring(text.description)))
        self = finished()
    }

    static func ranges(hexadecimal text: Substring) -> [ClosedRange<UInt32>] {
        text.split(whereSeparator: \.isWhitespace).compactMap { text in
            let bounds = text.split(separator: "-").compactMap { UInt32($0, radix: 16) }
            return bounds.first.map { $0...(bounds.last ?? $0) }
        }
    }
}
