/// A whole number from an input: a JSON integer, or the same in decimal digits where the schema allows that.
struct Count: Decodable, Sendable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self), let number = Int(text) {
            value = number
        } else {
            value = try container.decode(Int.self)
        }
    }
}
