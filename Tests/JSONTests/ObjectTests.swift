import JSON
import Testing

struct ObjectTests {
    @Test(arguments: [3, 16, 17, 200])
    func membersKeepTheirOrderAndAreFound(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["key \(number)"] = .number(JSONNumber(number)) }
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "key \($0)" })
        object["key 1"] = "changed"
        #expect(object.keys[1] == "key 1")
        #expect(object["key 1"] == "changed")
        object["key 0"] = nil
        #expect(object["key 0"] == nil)
        #expect(object.keys.first == "key 1")
        #expect(object["key \(count - 1)"] != nil)
        object["key 0"] = .null
        #expect(object.keys.last == "key 0")
        #expect(object["key 0"] == .some(.null))
    }

    @Test(arguments: [2, 40])
    func orderDoesNotCountForEquality(count: Int) {
        let members = (0..<count).map { ("\($0)", JSONValue.number(JSONNumber($0))) }
        let (forward, backward) = (JSONObject(members), JSONObject(members.reversed()))
        #expect(forward == backward)
        #expect(forward.hashValue == backward.hashValue)
        var changed = backward
        changed["0"] = nil
        #expect(changed != forward)
        changed["new"] = 0
        #expect(changed != forward)
    }

    @Test func accessorsGiveNilForOtherKinds() {
        let value: JSONValue = ["text": "a", "number": 1.0, "flag": true, "list": [1], "nothing": nil]
        #expect(value["text"]?.stringValue == "a")
        #expect(value["text"]?.intValue == nil)
        #expect(value["number"]?.intValue == 1)
        #expect(value["number"]?.boolValue == nil)
        #expect(value["flag"]?.boolValue == true)
        #expect(value["list"]?.arrayValue == [1])
        #expect(value["list"]?["text"] == nil)
        #expect(value["nothing"]?.isNull == true)
        #expect(value["missing"] == nil)
    }
}
