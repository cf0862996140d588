import Storage

/// What a licence is for: a text of the shop's choosing. An integer stands for its decimal digits.
struct ProductID: Sendable, Hashable, Codable, SQLConvertible {
    /// The product of a licence that names none.
    static let standard = ProductID(text: "default")

    let text: String

    init(text: String) {
        self.text = text
    }

    var sqlValue: SQLValue { .text(text) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
