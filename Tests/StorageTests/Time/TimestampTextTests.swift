import Foundation
import Storage
import Testing

@Suite struct TimestampTextTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: String
        var testDescription: String { text }

        init(_ text: String, _ expected: String) {
            (self.text, self.expected) = (text, expected)
        }
    }

    @Test(arguments: [
        Reading("2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01t00:00:00z", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01T02:00:00+02:00", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01T02:00:00+0200", "2027-01-01T00:00:00.000Z"),
        Reading("2026-12-31T18:30:00-05:30", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01 12:34:56", "2027-01-01T12:34:56.000Z"),
        Reading("2027-01-01T12:34:56", "2027-01-01T12:34:56.000Z"),
        Reading("2027-01-01", "2027-01-01T00:00:00.000Z"),
        Reading("2027-01-01T00:00:00.1Z", "2027-01-01T00:00:00.100Z"),
        Reading("2027-01-01T00:00:00.05+00:00", "2027-01-01T00:00:00.050Z"),
        Reading("2027-01-01T00:00:00.123456789", "2027-01-01T00:00:00.123Z"),
        Reading("2028-02-29", "2028-02-29T00:00:00.000Z"),
        Reading("2000-02-29", "2000-02-29T00:00:00.000Z"),
        Reading("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        Reading("2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.500Z"),
        Reading("1798761600000", "2027-01-01T00:00:00.000Z"),
        Reading("100000000000", "1973-03-03T09:46:40.000Z"),
        Reading("1970-01-01", "1970-01-01T00:00:00.000Z"),
        Reading("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        Reading("253402300799999", "9999-12-31T23:59:59.999Z"),
    ])
    func whatPeopleWriteIsUnderstood(_ reading: Reading) throws {
        #expect(try Timestamp(lenient: reading.text).description == reading.expected)
    }

    @Test(arguments: [
        "", " ", "never", "tomorrow", "2027", "20270101", "2027-1-1", "2027-01-01T", "2027-01-01T00:00", "2027-01-01Z",
        "2027-01-01T00:00:00.Z", "2027-01-01T00:00:00.1234567890Z", "2027-01-01T00:00:00+02",
        "2027-01-01T00:00:00+2:00",
        "2027-01-01T00:00:00 +02:00", "2027-01-01T00:00:00Z ", " 2027-01-01", "+2027-01-01", "-1798761600000",
        "1798761600000.0", "2027-01-01T00:00:00ZZ", "2027/01/01", "01.01.2027", "２０２７-01-01", "2027-01-01_00:00:00",
    ])
    func otherFormsAreRefused(_ text: String) {
        #expect(throws: TimestampError.wrongForm(text)) { try Timestamp(lenient: text) }
    }

    @Test(arguments: [
        ("2027-02-29", 2027, 2, 29), ("2100-02-29T00:00:00Z", 2100, 2, 29), ("2027-04-31", 2027, 4, 31),
        ("2027-13-01", 2027, 13, 1), ("2027-00-10", 2027, 0, 10), ("2027-01-00", 2027, 1, 0),
        ("2027-01-32", 2027, 1, 32),
    ])
    func aDayThatDoesNotExistIsRefused(_ text: String, year: Int, month: Int, day: Int) {
        #expect(throws: TimestampError.noSuchDay(year: year, month: month, day: day)) { try Timestamp(lenient: text) }
    }

    @Test(arguments: [
        "2027-01-01T24:00:00Z", "2027-01-01T00:60:00Z", "2027-01-01T00:00:61Z", "2027-01-01T12:00:60Z",
        "2027-01-01T00:00:00+24:00", "2027-01-01T00:00:00+00:60",
    ])
    func aTimeThatNoClockShowsIsRefused(_ text: String) {
        #expect(throws: TimestampError.noSuchTime(text)) { try Timestamp(lenient: text) }
    }

    @Test(arguments: [
        "1969-12-31T23:59:59Z", "0000-01-01", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        "253402300800000", "99999999999999999999999",
    ])
    func yearsBefore1970AndAfter9999AreRefused(_ text: String) {
        #expect(throws: TimestampError.outOfRange(text)) { try Timestamp(lenient: text) }
    }

    @Test func secondsAreRecognised() {
        #expect(throws: TimestampError.looksLikeSeconds(1_798_761_600)) { try Timestamp(lenient: "1798761600") }
        #expect(throws: TimestampError.looksLikeSeconds(1_798_761_600)) { try Timestamp(lenient: "001798761600") }
        #expect(throws: TimestampError.looksLikeSeconds(99_999_999_999)) { try Timestamp(lenient: 99_999_999_999) }
        #expect(throws: TimestampError.looksLikeSeconds(0)) { try Timestamp(lenient: 0) }
    }

    @Test func errorsSayWhatWouldHaveWorked() {
        #expect(
            "\(TimestampError.looksLikeSeconds(1_798_761_600))"
                == "1798761600 looks like seconds. Send milliseconds, or `2027-01-01T00:00:00Z`.")
        #expect(
            "\(TimestampError.noSuchDay(year: 2027, month: 2, day: 30))"
                == "There is no day 30 in that month, which has 28. Send for example `2027-02-28T00:00:00Z`.")
        #expect(
            "\(TimestampError.wrongForm("tomorrow"))"
                == "`tomorrow` is not a time. Send for example `2027-01-01T00:00:00Z`, or milliseconds since 1970.")
        #expect("\(TimestampError.wrongForm(String(repeating: "x", count: 1000)))".count < 150)
    }

    @Test func codingUsesTheOneForm() throws {
        let time = Timestamp(milliseconds: 1_798_761_600_123)
        let json = try JSONEncoder().encode([time])
        #expect(String(decoding: json, as: UTF8.self) == #"["2027-01-01T00:00:00.123Z"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [time])
        for other in [
            #"["2027-01-01"]"#, #"["1798761600123"]"#, "[1798761600123]", #"["2027-01-01T01:00:00.123+01:00"]"#,
        ] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([Timestamp].self, from: Data(other.utf8)) }
        }
    }
}
