/// A Unicode property that `\p{…}` can name.
enum ScalarProperty: Sendable {
    case category(Set<Unicode.GeneralCategory>)
    case any, ascii, assigned, alphabetic, lowercase, uppercase, whiteSpace, emoji, idStart, idContinue

    func holds(for scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return switch self {
        case .category(let categories): categories.contains(properties.generalCategory)
        case .any: true
        case .ascii: scalar.isASCII
        case .assigned: properties.generalCategory != .unassigned
        case .alphabetic: properties.isAlphabetic
        case .lowercase: properties.isLowercase
        case .uppercase: properties.isUppercase
        case .whiteSpace: properties.isWhitespace
        case .emoji: properties.isEmoji
        case .idStart: properties.isIDStart
        case .idContinue: properties.isIDContinue
        }
    }

    /// The property of that name in ECMA-262: a general category, alone or after `gc=`, or one of a few binary ones.
    init?(name: String) {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts[0] == "gc" || parts[0] == "General_Category" else { return nil }
            guard let categories = Self.categories[String(parts[1])] else { return nil }
            self = .category(categories)
        } else if let categories = Self.categories[name] {
            self = .category(categories)
        } else if let property = Self.binary[name] {
            self = property
        } else {
            return nil
        }
    }

    private static let binary: [String: ScalarProperty] = [
        "Any": .any, "ASCII": .ascii, "Assigned": .assigned, "Alphabetic": .alphabetic, "Alpha": .alphabetic,
        "Lowercase": .lowercase, "Lower": .lowercase, "Uppercase": .uppercase, "Upper": .uppercase,
        "White_Space": .whiteSpace, "space": .whiteSpace, "Emoji": .emoji, "ID_Start": .idStart, "IDS": .idStart,
        "ID_Continue": .idContinue, "IDC": .idContinue,
    ]

    /// By all names that PropertyValueAliases.txt of Unicode gives them.
    private static let categories: [String: Set<Unicode.GeneralCategory>] = {
        let single: [(Unicode.GeneralCategory, [String])] = [
            (.uppercaseLetter, ["Lu", "Uppercase_Letter"]), (.lowercaseLetter, ["Ll", "Lowercase_Letter"]),
            (.titlecaseLetter, ["Lt", "Titlecase_Letter"]), (.modifierLetter, ["Lm", "Modifier_Letter"]),
            (.otherLetter, ["Lo", "Other_Letter"]), (.nonspacingMark, ["Mn", "Nonspacing_Mark"]),
            (.spacingMark, ["Mc", "Spacing_Mark"]), (.enclosingMark, ["Me", "Enclosing_Mark"]),
            (.decimalNumber, ["Nd", "Decimal_Number", "digit"]), (.letterNumber, ["Nl", "Letter_Number"]),
            (.otherNumber, ["No", "Other_Number"]), (.connectorPunctuation, ["Pc", "Connector_Punctuation"]),
            (.dashPunctuation, ["Pd", "Dash_Punctuation"]), (.openPunctuation, ["Ps", "Open_Punctuation"]),
            (.closePunctuation, ["Pe", "Close_Punctuation"]), (.initialPunctuation, ["Pi", "Initial_Punctuation"]),
            (.finalPunctuation, ["Pf", "Final_Punctuation"]), (.otherPunctuation, ["Po", "Other_Punctuation"]),
            (.mathSymbol, ["Sm", "Math_Symbol"]), (.currencySymbol, ["Sc", "Currency_Symbol"]),
            (.modifierSymbol, ["Sk", "Modifier_Symbol"]), (.otherSymbol, ["So", "Other_Symbol"]),
            (.spaceSeparator, ["Zs", "Space_Separator"]), (.lineSeparator, ["Zl", "Line_Separator"]),
            (.paragraphSeparator, ["Zp", "Paragraph_Separator"]), (.control, ["Cc", "Control", "cntrl"]),
            (.format, ["Cf", "Format"]), (.surrogate, ["Cs", "Surrogate"]), (.privateUse, ["Co", "Private_Use"]),
            (.unassigned, ["Cn", "Unassigned"]),
        ]
        let groups = [
            "L": ["Letter"], "M": ["Mark", "Combining_Mark"], "N": ["Number"], "P": ["Punctuation", "punct"],
            "S": ["Symbol"], "Z": ["Separator"], "C": ["Other"],
        ]
        var categories: [String: Set<Unicode.GeneralCategory>] = [:]
        for (category, names) in single {
            for name in names { categories[name] = [category] }
            let group = String(names[0].prefix(1))
            for name in [group] + (groups[group] ?? []) { categories[name, default: []].insert(category) }
        }
        categories["LC"] = [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
        categories["Cased_Letter"] = categories["LC"]
        return categories
    }()
}
