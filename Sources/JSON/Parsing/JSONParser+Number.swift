extension JSONParser {
    /// Reads a number by the grammar of RFC 8259 section 6.
    mutating func readNumber() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let (magnitude, isTooLong) = try readWhole()
        let end = position
        if take(UInt8(ascii: ".")) { try skipDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) { try readExponent() }
        if position == end, !isTooLong {
            if !isNegative { return JSONNumber(magnitude) }
            // Minus zero keeps its sign, as text.
            if magnitude > 0, let value = Int64(exactly: -Int128(magnitude)) { return JSONNumber(value) }
        }
        return JSONNumber(storage: .decimal(String(decoding: bytes[start..<position], as: UTF8.self)))
    }

    private mutating func readWhole() throws(JSONSyntaxError) -> (value: UInt64, isTooLong: Bool) {
        let start = position
        var value: UInt64 = 0
        var isTooLong = false
        while let digit = digit() {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            isTooLong = isTooLong || overflow || carry
            value = sum
            position += 1
        }
        guard position > start else { throw unexpected(wanted: "a digit") }
        if bytes[start] == UInt8(ascii: "0"), position > start + 1 {
            throw error("A number cannot have a 0 in front of its digits", at: start)
        }
        return (value, isTooLong)
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        guard digit() != nil else { throw unexpected(wanted: "a digit") }
        while digit() != nil { position += 1 }
    }

    private mutating func readExponent() throws(JSONSyntaxError) {
        let start = position
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        guard digit() != nil else { throw unexpected(wanted: "a digit") }
        var exponent = 0
        while let digit = digit() {
            exponent = exponent * 10 + Int(digit)
            guard exponent <= JSONNumber.maximumExponent else {
                throw error("The exponent of the number is beyond 10^15", at: start)
            }
            position += 1
        }
    }

    @inline(__always)
    private func digit() -> UInt8? {
        let digit = peek() &- UInt8(ascii: "0")
        return digit < 10 ? digit : nil
    }
}
