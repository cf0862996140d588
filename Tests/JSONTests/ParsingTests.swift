import JSON
import Testing

struct ParsingTests {
    @Test(arguments: [
        ("", 0, 1, 1), ("[1,]", 3, 1, 4), ("{\"a\":1,\n \"é\" 2}", 14, 2, 6), ("nul", 0, 1, 1), ("[1] 2", 4, 1, 5),
        ("{\"a\":1,\"b\":2,\"a\":3}", 13, 1, 14), ("01", 0, 1, 1), ("\"a\u{1}\"", 2, 1, 3), ("1.", 2, 1, 3),
        ("\u{FEFF}1", 0, 1, 1), ("[1\u{C}]", 2, 1, 3), ("{1:2}", 1, 1, 2), ("\"abc", 0, 1, 1), ("-", 1, 1, 2),
    ])
    func aMistakeIsTakenNoteOfWithItsPlace(text: String, offset: Int, line: Int, column: Int) throws {
        let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        #expect((error.offset, error.line, error.column) == (offset, line, column))
        #expect(error.message.hasSuffix(", at line \(line), column \(column)."))
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\u0041""#, #""\u00g0""#, #""\u12""#, #""\x""#, "\"\\",
    ])
    func aBadEscapeIsRefused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
        // With an escape, and beyond the first eight bytes.
        [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0x22, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0xFF, 0x22],
    ])
    func invalidUTF8IsRefused(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
    }

    @Test func escapesAreRead() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0000\u00e9\u20AC\ud83d\ude00 plain text beyond eight bytes""#
        let wanted = "\"\\/\u{8}\u{C}\n\r\t\u{0}é€😀 plain text beyond eight bytes"
        #expect(try JSONValue(parsing: text) == .string(wanted))
    }

    @Test func everyControlCharacterMustBeEscapedWhereverItStands() {
        for byte in 0..<0x20 as Range<UInt8> {
            for place in 0..<20 {
                var bytes = Array(repeating: UInt8(ascii: "a"), count: 20)
                bytes[place] = byte
                #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
            }
        }
    }

    @Test func aQuoteIsFoundWhereverItStands() throws {
        for length in 0..<40 {
            for letter in ["a", "é", "€", "\u{7F}", "\u{80}"] {
                let text = String(repeating: letter, count: length)
                #expect(try JSONValue(parsing: "[\"\(text)\",1]") == [.string(text), 1])
            }
        }
    }

    @Test func depthHasALimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(32)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(33)) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(1000), limits: JSONLimits(maximumDepth: 5000)) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: nested(100_000), limits: JSONLimits(maximumDepth: .max))
        }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: String(repeating: "{\"a\":", count: 100_000))
        }
    }

    @Test func aRepeatedNameIsFoundInLargeObjectsToo() throws {
        let members = (0..<100).map { "\"\($0)\":\($0)" }.joined(separator: ",")
        #expect(try JSONValue(parsing: "{\(members)}")["77"] == 77)
        let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\(members),\"50\":1}") }
        #expect(error.message.hasPrefix("The name `50` comes twice in one object"))
        #expect(error.offset == members.utf8.count + 2)
    }

    @Test func namesThatOnlyLookAlikeAreDifferent() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }
}
