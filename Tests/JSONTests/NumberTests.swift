import JSON
import Testing

struct NumberTests {
    /// Numbers in ascending order; those of one line are equal.
    static let order = [
        ["-1e999999999999999"], ["-1e400", "-10e399"], ["-18446744073709551616"],
        ["-9223372036854775809", "-9223372036854775809.0"], ["-9223372036854775808", "-9.223372036854775808e18"],
        ["-1.5", "-15e-1"], ["-1", "-1.0", "-0.1e1"], ["-1e-999999999999999"],
        ["0", "-0", "0.0", "0e999999999999999", "-0.000e-5"], ["1e-400", "0.1e-399"], ["0.1", "1e-1", "0.10"],
        ["0.30000000000000000001"], ["1", "1.0", "1e0", "10e-1", "0.01e+2", "1E0"], ["1.0000000000000000000001"],
        ["9007199254740993"], ["9223372036854775807", "9223372036854775807.0"],
        ["9223372036854775808", "9223372036854775.808e3"], ["18446744073709551615", "1.8446744073709551615e19"],
        ["18446744073709551616"], ["1000000000000000000000000000000", "1e30", "1e+30"], ["1e400"],
        ["1e999999999999999"],
    ]

    private func read(_ text: String) throws -> JSONNumber { try #require(JSONNumber(text), "\(text)") }

    @Test func orderEqualityAndHashAreThoseOfMathematics() throws {
        for (place, line) in Self.order.enumerated() {
            for text in line {
                for (otherPlace, others) in Self.order.enumerated() {
                    for other in others {
                        let (left, right) = (try read(text), try read(other))
                        #expect((left == right) == (place == otherPlace), "\(text) == \(other)")
                        #expect((left < right) == (place < otherPlace), "\(text) < \(other)")
                        if left == right { #expect(left.hashValue == right.hashValue, "\(text), \(other)") }
                    }
                }
            }
        }
    }

    @Test func aNumberIsWrittenAsItWasRead() throws {
        for text in Self.order.joined() { #expect(try read(text).text == text) }
    }

    @Test(arguments: [
        ("1", 1), ("1.0", 1), ("-0", 0), ("12e2", 1200), ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ("9223372036854775808", nil), ("1.5", nil), ("1e19", nil), ("1e999999999999999", nil),
        ("1e-999999999999999", nil), ("0e999999999999999", 0),
    ])
    func onlyAWholeNumberThatFitsIsAnInteger(text: String, wanted: Int64?) throws {
        #expect(try read(text).int64 == wanted)
        #expect(try JSONValue(parsing: text).intValue == wanted)
    }

    @Test(arguments: [
        ("6", "3", true), ("7", "3", false), ("0.3", "0.1", true), ("0.35", "0.1", false), ("1e308", "0.5", true),
        ("0", "7", true), ("1", "0", false), ("-9223372036854775808", "-1", true), ("4.02", "0.01", true),
        ("1e999999999999999", "7", false), ("7e999999999999999", "7", true), ("1e-400", "1e-401", true),
        (
            "1e999999999999999", "0.0000000000000000000000000000000000000000000000000000000000000000000000000001024",
            true
        ),
        (
            "30000000000000000000000000000000000000000000000000000000000000000000000000000000000003",
            "10000000000000000000000000000000000000000000000000000000000000000000000000000000000001", true
        ),
        (
            "30000000000000000000000000000000000000000000000000000000000000000000000000000000000004",
            "10000000000000000000000000000000000000000000000000000000000000000000000000000000000001", false
        ),
    ])
    func multiplesAreExact(number: String, divisor: String, isMultiple: Bool) throws {
        #expect(try read(number).isMultiple(of: try read(divisor)) == isMultiple)
    }

    @Test func doublesKeepTheirValue() throws {
        for double in [0.1, -0.0 as Double, 1e300, .leastNonzeroMagnitude, 1.7976931348623157e308, 123456789.125, 2e15]
        {
            #expect(JSONNumber(double).double == double)
            #expect(try read(JSONNumber(double).text) == JSONNumber(double))
        }
        #expect(try read("1e400").double == .infinity)
    }

    @Test(arguments: ["", " 1", "1 ", "+1", ".5", "1.", "0x1", "NaN", "1e", "00", "1e9999999999999999", "[1]"])
    func otherTextIsNoNumber(text: String) {
        #expect(JSONNumber(text) == nil)
    }
}
