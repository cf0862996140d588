import JSON
import Testing

struct CodingTests {
    struct License: Codable, Equatable {
        enum Kind: String, Codable { case trial, full }

        var seats: Int
        var kind: Kind
        var note: String?
        var extra: JSONValue
        var tags: [String]
        var limits: [String: UInt64]
        var rate: Double
        var parts: [Part]

        struct Part: Codable, Equatable { var name: String }
    }

    static let license = License(
        seats: 2, kind: .full, note: nil, extra: ["b": [1e30, nil], "a": 1], tags: ["x", "y"], limits: ["max": .max],
        rate: 0.5, parts: [.init(name: "p")])

    static let json: JSONValue = .object([
        "seats": 2, "kind": "full", "extra": ["b": [1e30, nil], "a": 1], "tags": ["x", "y"],
        "limits": ["max": .number(JSONNumber(UInt64.max))], "rate": 0.5, "parts": [["name": "p"]],
    ])

    @Test func aTypeIsEncodedAndDecodedStraight() throws {
        #expect(try JSONValue(encoding: Self.license) == Self.json)
        #expect(try Self.json.decode(License.self) == Self.license)
    }

    @Test func absentOptionalsAreLeftOutAndNullIsRead() throws {
        let encoded = try JSONValue(encoding: Self.license).objectValue
        #expect(encoded?["note"] == nil)
        var json = try #require(Self.json.objectValue)
        json["note"] = .null
        #expect(try JSONValue.object(json).decode(License.self) == Self.license)
        #expect(try JSONValue(encoding: [1, nil] as [Int?]) == [1, nil])
    }

    @Test(
        arguments: [
            ("seats", "2", "/seats"), ("seats", 2.5, "/seats"), ("kind", "other", "/kind"),
            ("tags", ["x", 1], "/tags/1"),
            ("limits", ["max": -1], "/limits/max"), ("parts", [[:]], "/parts/0/name"), ("rate", true, "/rate"),
            ("seats", nil, "/seats"), ("extra/x", 1, ""),
        ] as [(String, JSONValue, String)])
    func aMistakeIsToldWithItsPointer(name: String, value: JSONValue, pointer: String) throws {
        var json = try #require(Self.json.objectValue)
        json[name] = value
        guard !pointer.isEmpty else {
            #expect(throws: Never.self) { try JSONValue.object(json).decode(License.self) }
            return
        }
        let error = try #require(throws: JSONDecodingError.self) { try JSONValue.object(json).decode(License.self) }
        #expect(error.pointer.description == pointer)
        #expect(!error.message.isEmpty)
    }

    @Test func integersAreExact() throws {
        #expect(try JSONValue(parsing: "3.0").decode(UInt8.self) == 3)
        #expect(try JSONValue(parsing: "9007199254740993").decode(Int64.self) == 9_007_199_254_740_993)
        #expect(try JSONValue(parsing: "18446744073709551615").decode(UInt64.self) == .max)
        for text in ["256", "-1", "1.5", "\"1\"", "true", "null", "1e400"] {
            #expect(throws: JSONDecodingError.self) { try JSONValue(parsing: text).decode(UInt8.self) }
        }
        #expect(throws: JSONDecodingError.self) { try JSONValue(parsing: "1e400").decode(Double.self) }
        #expect(throws: EncodingError.self) { try JSONValue(encoding: [Double.nan]) }
    }

    @Test func anotherTypeCanBeTriedForTheSameValue() throws {
        struct Either: Decodable, Equatable {
            let text: String

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) {
                    text = String(number)
                } else {
                    text = try container.decode(String.self)
                }
            }
        }
        #expect(try JSONValue(parsing: "[1,\"2\"]").decode([Either].self).map(\.text) == ["1", "2"])
    }

    @Test func inheritanceAndNestedContainersWork() throws {
        class Base: Codable { var base = 1 }
        final class Derived: Base {
            var own = 2
            enum CodingKeys: CodingKey { case own, nested }
            enum NestedKeys: CodingKey { case list }

            override init() { super.init() }

            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                own = try container.decode(Int.self, forKey: .own)
                var list = try container.nestedContainer(keyedBy: NestedKeys.self, forKey: .nested)
                    .nestedUnkeyedContainer(forKey: .list)
                #expect(try list.decodeNil())
                #expect(try list.decode(String.self) == "x")
                #expect(list.isAtEnd)
                try super.init(from: container.superDecoder())
            }

            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(own, forKey: .own)
                var nested = container.nestedContainer(keyedBy: NestedKeys.self, forKey: .nested)
                var list = nested.nestedUnkeyedContainer(forKey: .list)
                try list.encodeNil()
                try list.encode("x")
                try super.encode(to: container.superEncoder())
            }
        }
        let derived = Derived()
        derived.base = 7
        let json = try JSONValue(encoding: derived)
        #expect(json == ["own": 2, "nested": ["list": [nil, "x"]], "super": ["base": 7]])
        #expect(try json.decode(Derived.self).base == 7)
    }
}
