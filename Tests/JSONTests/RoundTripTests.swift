import JSON
import Testing

struct RoundTripTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let value = JSONValue.random(depth: 5, using: &generator)
            for pretty in [false, true] {
                let bytes = value.serialized(pretty: pretty)
                let back = try JSONValue(parsing: bytes)
                #expect(back == value)
                #expect(back.hashValue == value.hashValue)
                #expect(back.serialized(pretty: pretty) == bytes, "the order of members is kept")
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func changedBytesNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var bytes = JSONValue.random(depth: 4, using: &generator).serialized()
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.insert(Array("{}[]\",:\\u0e-".utf8).randomElement(using: &generator) ?? 0, at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            do {
                let value = try JSONValue(parsing: bytes)
                #expect(try JSONValue(parsing: value.serialized()) == value)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    @Test func textIsEscapedAsLittleAsPossible() {
        let value: JSONValue = ["a\"b\\c\n\u{1}\u{1F}\u{7F}é/": [nil, true, 1.5, [], [:]]]
        #expect(value.text == #"{"a\"b\\c\n\u0001\u001f\#u{7F}é/":[null,true,1.5,[],{}]}"#)
    }

    @Test func prettyTextIsIndented() {
        let value: JSONValue = ["a": [1, ["b": [:]]], "c": []]
        let wanted = """
            {
              "a": [
                1,
                {
                  "b": {}
                }
              ],
              "c": []
            }
            """
        #expect(String(decoding: value.serialized(pretty: true), as: UTF8.self) == wanted)
    }
}
