/// A truth value from an input: a JSON boolean, or what the schema allows in its place.
///
/// True: `true`, `"true"`, `1`, `"1"`. False: `false`, `"false"`, `0`, `"0"`, `""`.
struct Flag: Decodable, Sendable {
    let value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            value = flag
        } else if let number = try? container.decode(Int.self) {
            value = number != 0
        } else {
            value = ["true", "1"].contains(try container.decode(String.self))
        }
    }
}

extension Flag? {
    /// For `notify`: whether the caller said in so many words that no mail shall go out.
    var isSilent: Bool { self?.value == false }
}
