package import JSON
package import Storage

extension JSONValue {
    package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    package static func optional(_ time: Timestamp?) -> JSONValue { time.map { .string($0.description) } ?? .null }

    static func id<Record>(_ id: RowID<Record>?) -> JSONValue {
        id.map { .number(JSONNumber($0.rawValue)) } ?? .null
    }

    package static func integer(_ number: Int) -> JSONValue { .number(JSONNumber(Int64(number))) }
}
