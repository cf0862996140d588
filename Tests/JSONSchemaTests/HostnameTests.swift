import Testing

@testable import JSONSchema

/// Host names with letters beyond ASCII, as they are and in their encoding.
struct HostnameTests {
    @Test(
        arguments: [
            ("실례.테스트", true), ("〮실례.테스트", false), ("실〮례.테스트", false), ("Example.com", true),
            ("-> $1.00 <--", false), ("xn--ihqwcrb4cv8a8dqg056pqjye", true), ("xn--X", false),
            ("XN--aa---o47jg78q", false), ("-hello", false), ("hello-", false), ("-hello-", false), ("", false),
            ("\u{903}hello", false), ("\u{300}hello", false), ("\u{488}hello", false),
            ("\u{DF}\u{3C2}\u{F0B}\u{3007}", true), ("\u{6FD}\u{6FE}", true), ("\u{640}\u{7FA}", false),
            ("\u{3031}\u{3032}\u{3033}\u{3034}\u{3035}\u{302E}\u{302F}\u{303B}", false), ("a\u{B7}l", false),
            ("\u{B7}l", false), ("l\u{B7}a", false), ("l\u{B7}", false), ("l\u{B7}l", true), ("α\u{375}S", false),
            ("α\u{375}", false), ("α\u{375}β", true), ("A\u{5F3}ב", false), ("\u{5F3}ב", false), ("א\u{5F3}ב", true),
            ("A\u{5F4}ב", false), ("א\u{5F4}ב", true), ("def\u{30FB}abc", false), ("\u{30FB}", false),
            ("\u{30FB}ぁ", true), ("\u{30FB}ァ", true), ("\u{30FB}丈", true), ("ب\u{660}\u{6F0}", false),
            ("ب\u{660}ب", true), ("\u{6F0}0", true), ("क\u{200D}ष", false), ("\u{200D}ष", false),
            ("क\u{94D}\u{200D}ष", true),
            ("क\u{94D}\u{200C}ष", true), ("بي\u{200C}بي", true), ("a\u{200C}b", false), ("a\u{3002}b", true),
            ("a.", false), (".", false), (String(repeating: "π", count: 60) + ".de", false),
        ])
    func anInternationalNameHasAllowedLettersInAllowedPlaces(name: String, isName: Bool) throws {
        #expect(try #require(Format.all["idn-hostname"]).accepts(name) == isName)
    }

    @Test(
        arguments: [
            ("xn--4gbwdl.xn--wgbh1c", true), ("xn--ihqwcrb4cv8a8dqg056pqjye", true), ("xn--X", false),
            ("xn--aa---o47jg78q", false), ("xn---hello-txk", false), ("xn--hello-txk", false), ("xn--hello-zed", false),
            ("xn--hello-6bf", false), ("xn--zca29lwxobi7a", true), ("xn--qmbc", true), ("xn--chb89f", false),
            ("xn--07jceefgh4c", false), ("xn--al-0ea", false), ("xn--l-fda", false), ("xn--la-0ea", false),
            ("xn--l-gda", false), ("xn--ll-0ea", true), ("xn--S-jib3p", false), ("xn--wva3j", false),
            ("xn--wva3je", true), ("xn--A-2hc5h", false), ("xn--5db1e", false), ("xn--4dbc5h", true),
            ("xn--A-2hc8h", false), ("xn--5db3e", false), ("xn--4dbc8h", true), ("xn--defabc-k64e", false),
            ("xn--vek", false), ("xn--k8j5u", true), ("xn--bck0j", true), ("xn--vek778f", true), ("xn--ngb6iyr", false),
            ("xn--ngba1o", true), ("xn--0-gyc", true), ("xn--11b2er09f", false), ("xn--02b508i", false),
            ("xn--11b2ezcw70k", true), ("xn--11b2ezcs70k", true), ("xn--ngba5hb2804a", true), ("xn--", false),
            ("xn--abc-", false), ("xn--99999999999999999999999999999999999999", false), ("XN--WVA3JE", true),
        ])
    func anEncodedLabelHasToStandForAnAllowedOne(name: String, isName: Bool) throws {
        #expect(try #require(Format.all["hostname"]).accepts(name) == isName)
    }
}
