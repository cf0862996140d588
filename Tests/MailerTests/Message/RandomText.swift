/// Texts of all of Unicode, the same in every run.
struct RandomText: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }

    /// A text of up to `count` scalars, of those that `isAllowed` lets through.
    mutating func text(upTo count: Int, where isAllowed: (Unicode.Scalar) -> Bool = { _ in true }) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) {
            let range: ClosedRange<UInt32> =
                switch Int.random(in: 0..<6, using: &self) {
                case 0, 1, 2: 0x20...0x7e
                case 3: 0...0x2ff
                case 4: 0...0xffff
                default: 0...0x10ffff
                }
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)), isAllowed(scalar) else {
                continue
            }
            scalars.append(scalar)
        }
        return String(scalars)
    }
}
