import Engine
import JSON
import Testing

@testable import Server

/// Forms, for shops that can send little else.
struct FormDecoderTests {
    @Test(
        arguments: [
            ("", [:]),
            ("a=1", ["a": "1"]),
            ("a=b=c", ["a": "b=c"]),
            ("a", ["a": ""]),
            ("a=&b=x+y", ["a": "", "b": "x y"]),
            ("name=Zo%C3%AB%20%2B", ["name": "Zoë +"]),
            (
                "license.seats=2&email=a%40b&license.validUntil=never",
                ["license": ["seats": "2", "validUntil": "never"], "email": "a@b"]
            ),
            ("&&a=1&", ["a": "1"]),
        ] as [(String, JSONValue)])
    func aFormIsAnObjectOfTexts(form: String, object: JSONValue) throws {
        #expect(try JSONValue.object(FormDecoder.object(Array(form.utf8))) == object)
    }

    @Test(arguments: [
        ("a=%", ""), ("a=%zz", ""), ("a=%f", ""), ("a=%ff", ""), ("a=1&a=2", "/a"), ("a=1&a.b=2", "/a/b"),
        ("a.b=1&a=2", "/a"),
        ("a.b.c.d.e.f.g.h.i=1", "/a/b/c/d/e/f/g/h/i"),
    ])
    func aWrongFormIsRefused(form: String, pointer: String) throws {
        let failure = #expect(throws: CommandFailure.self) { try FormDecoder.object(Array(form.utf8)) }
        #expect(failure?.code == .invalidInput)
        #expect(failure?.fields.first?.pointer == pointer)
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: CommandFailure.self) { try FormDecoder.pairs([0x61, 0x3D, 0xC3]) }
    }
}
