/// Punycode (RFC 3492): code points as letters, digits and hyphens.
enum Punycode {
    private static let (base, tMin, tMax, skew, damp, initialBias, initialN) = (36, 1, 26, 38, 700, 72, 128)

    /// The label that stands behind `xn--`; nil if it is none.
    static func decode(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar]? {
        let input = Array(text)
        let delimiter = input.lastIndex(of: "-")
        var output = Array(input[..<(delimiter ?? 0)])
        guard output.allSatisfy(\.isASCII) else { return nil }
        var rest = input[(delimiter.map { $0 + 1 } ?? 0)...]
        var (n, i, bias) = (initialN, 0, initialBias)
        while !rest.isEmpty {
            let before = i
            guard let delta = takeNumber(&rest, bias: bias) else { return nil }
            i += delta
            bias = adapt(i - before, count: output.count + 1, isFirst: before == 0)
            n += i / (output.count + 1)
            i %= output.count + 1
            guard n <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(n)) else { return nil }
            output.insert(scalar, at: i)
            i += 1
        }
        return output
    }

    private static func takeNumber(_ rest: inout ArraySlice<Unicode.Scalar>, bias: Int) -> Int? {
        var (number, weight, k) = (0, 1, base)
        while let scalar = rest.popFirst() {
            guard let digit = digit(scalar) else { return nil }
            number += digit * weight
            // Beyond what a label of any length can mean; far from where it would overflow.
            guard number <= 0x7FFF_FFFF else { return nil }
            let threshold = min(max(k - bias, tMin), tMax)
            if digit < threshold { return number }
            weight *= base - threshold
            guard weight <= 0x7FFF_FFFF else { return nil }
            k += base
        }
        return nil
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "a"..."z": Int(scalar.value) - 0x61
        case "A"..."Z": Int(scalar.value) - 0x41
        case "0"..."9": Int(scalar.value) - 0x30 + 26
        default: nil
        }
    }

    /// How many letters, digits and hyphens a label takes, without `xn--`.
    static func encodedLength(_ label: [Unicode.Scalar]) -> Int {
        let basic = label.count { $0.isASCII }
        var length = basic + (basic > 0 ? 1 : 0)
        var (n, delta, bias, handled) = (initialN, 0, initialBias, basic)
        while handled < label.count {
            let next = label.lazy.map { Int($0.value) }.filter { $0 >= n }.min() ?? n
            delta += (next - n) * (handled + 1)
            n = next
            for scalar in label {
                if scalar.value < n { delta += 1 }
                guard scalar.value == n else { continue }
                length += digits(of: delta, bias: bias)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        return length
    }

    private static func digits(of number: Int, bias: Int) -> Int {
        var (rest, k, count) = (number, base, 1)
        while true {
            let threshold = min(max(k - bias, tMin), tMax)
            if rest < threshold { return count }
            rest = (rest - threshold) / (base - threshold)
            k += base
            count += 1
        }
    }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var k = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }
}
