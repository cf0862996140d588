import JSON
import Testing

struct PointerTests {
    /// The document and the pointers of RFC 6901 section 5.
    static let document = """
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}
        """

    @Test(arguments: [
        ("/foo", ["bar", "baz"] as JSONValue), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3),
        ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
    ])
    func theExamplesOfTheRFCHold(text: String, value: JSONValue) throws {
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(try JSONValue(parsing: Self.document).value(at: pointer) == value)
        #expect(pointer.description == text)
    }

    @Test func theEmptyPointerIsTheWhole() throws {
        #expect(JSONPointer(parsing: "") == .root)
        #expect(JSONValue(1).value(at: .root) == 1)
    }

    @Test(arguments: ["a", "/~", "/~2", "/a~"])
    func otherTextIsNoPointer(text: String) {
        #expect(JSONPointer(parsing: text) == nil)
    }

    @Test(arguments: ["/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/foo/0/x", "/nothing"])
    func whatIsNotThereIsNil(text: String) throws {
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(try JSONValue(parsing: Self.document).value(at: pointer) == nil)
    }

    @Test func tokensAreEscaped() {
        #expect(JSONPointer.root.appending("a/~b").appending(3).description == "/a~1~0b/3")
    }
}

extension JSONValue {
    fileprivate init(_ number: Int) { self = .number(JSONNumber(number)) }
}
