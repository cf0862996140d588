import JSON

@testable import JSONSchema

/// Any text, by every format of JSON Schema. Where one format is a part of another, so are its texts.
enum FormatTarget {
    private static let parts = [
        ("uri", "uri-reference"), ("uri", "iri"), ("uri-reference", "iri-reference"), ("iri", "iri-reference"),
        ("email", "idn-email"),
    ]

    static func run(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        let fitting = Set(Format.all.filter { $0.value.accepts(text) }.keys)
        for (part, whole) in parts where fitting.contains(part) {
            require(fitting.contains(whole), "every \(part) is of the format \(whole)")
        }
        if fitting.contains("date-time") {
            let (date, time) = (String(text.prefix(10)), String(text.dropFirst(11)))
            require(accepts("date", date) && accepts("time", time), "a date-time is a date and a time")
        }
        require(fitting.contains("json-pointer") == (JSONPointer(parsing: text) != nil), "pointers are read")
        require(fitting.contains("regex") == RegularExpression.isWellFormed(text), "expressions are read")
        if let pointer = JSONPointer(parsing: text) { require(pointer.description == text, "pointers are written") }
    }

    private static func accepts(_ format: String, _ text: String) -> Bool { Format.all[format]?.accepts(text) ?? false }
}
