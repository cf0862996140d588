/// Any JSON value (RFC 8259).
///
/// ```swift
/// let order = try JSONValue(parsing: #"{"id": 12345678901234567890, "lines": [{"sku": "A-1"}]}"#)
/// order["id"]?.numberValue?.uint64                              // 12345678901234567890
/// order.value(at: JSONPointer(["lines", "0", "sku"]))           // "A-1"
/// String(decoding: order.serialized(pretty: true), as: UTF8.self)
/// ```
///
/// Two values are equal when they mean the same: the order of an object's members does not count, `1` equals `1.0`,
/// and texts are compared code point by code point (a composed and a decomposed "é" differ).
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Hashable {
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON.
    public var description: String { text }
}
