/// A Unicode property that `\p{…}` can name, other than a script.
struct ScalarProperty: Sendable {
    /// Its name as the pattern has it.
    let name: String
    private let test: @Sendable (Unicode.Scalar.Properties) -> Bool

    func holds(for scalar: Unicode.Scalar) -> Bool { test(scalar.properties) }

    /// The property of that name in ECMA-262: a general category, alone or after `gc=`, or a binary one.
    init?(name: String) {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] != "gc", parts[0] != "General_Category" { return nil }
        if let categories = parts.last.flatMap({ Self.categories[String($0)] }), parts.count <= 2 {
            self.name = String(parts[parts.count - 1])
            test = { categories.contains($0.generalCategory) }
        } else if let property = Self.binary[name] {
            self.name = name
            test = property
        } else {
            return nil
        }
    }

    private typealias Test = @Sendable (Unicode.Scalar.Properties) -> Bool

    /// Table "Binary Unicode property aliases" of ECMA-262, by both names; ``ScalarSet`` has those of few ranges.
    private static let binary: [String: Test] = {
        let properties: [(String, Test)] = [
            ("Alphabetic Alpha", \.isAlphabetic), ("Assigned", { $0.generalCategory != .unassigned }),
            ("Bidi_Control Bidi_C", \.isBidiControl), ("Bidi_Mirrored Bidi_M", \.isBidiMirrored),
            ("Case_Ignorable CI", \.isCaseIgnorable), ("Cased", \.isCased),
            ("Changes_When_Casefolded CWCF", \.changesWhenCaseFolded),
            ("Changes_When_Casemapped CWCM", \.changesWhenCaseMapped),
            ("Changes_When_Lowercased CWL", \.changesWhenLowercased),
            ("Changes_When_NFKC_Casefolded CWKCF", \.changesWhenNFKCCaseFolded),
            ("Changes_When_Titlecased CWT", \.changesWhenTitlecased),
            ("Changes_When_Uppercased CWU", \.changesWhenUppercased), ("Dash", \.isDash),
            ("Default_Ignorable_Code_Point DI", \.isDefaultIgnorableCodePoint), ("Deprecated Dep", \.isDeprecated),
            ("Diacritic Dia", \.isDiacritic), ("Emoji", \.isEmoji), ("Emoji_Modifier EMod", \.isEmojiModifier),
            ("Emoji_Modifier_Base EBase", \.isEmojiModifierBase), ("Emoji_Presentation EPres", \.isEmojiPresentation),
            ("Extender Ext", \.isExtender), ("Grapheme_Base Gr_Base", \.isGraphemeBase),
            ("Grapheme_Extend Gr_Ext", \.isGraphemeExtend), ("Hex_Digit Hex", \.isHexDigit),
            ("IDS_Binary_Operator IDSB", \.isIDSBinaryOperator), ("IDS_Trinary_Operator IDST", \.isIDSTrinaryOperator),
            ("ID_Continue IDC", \.isIDContinue), ("ID_Start IDS", \.isIDStart), ("Ideographic Ideo", \.isIdeographic),
            ("Join_Control Join_C", \.isJoinControl), ("Logical_Order_Exception LOE", \.isLogicalOrderException),
            ("Lowercase Lower", \.isLowercase), ("Math", \.isMath),
            ("Noncharacter_Code_Point NChar", \.isNoncharacterCodePoint),
            ("Pattern_White_Space Pat_WS", \.isPatternWhitespace),
            ("Quotation_Mark QMark", \.isQuotationMark), ("Radical", \.isRadical),
            ("Sentence_Terminal STerm", \.isSentenceTerminal), ("Soft_Dotted SD", \.isSoftDotted),
            ("Terminal_Punctuation Term", \.isTerminalPunctuation), ("Unified_Ideograph UIdeo", \.isUnifiedIdeograph),
            ("Uppercase Upper", \.isUppercase), ("Variation_Selector VS", \.isVariationSelector),
            ("White_Space space", \.isWhitespace), ("XID_Continue XIDC", \.isXIDContinue),
            ("XID_Start XIDS", \.isXIDStart),
        ]
        var byName: [String: Test] = [:]
        for (names, test) in properties {
            for name in names.split(separator: " ") { byName[String(name)] = test }
        }
        return byName
    }()

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

extension ScalarProperty: Hashable {
    static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
