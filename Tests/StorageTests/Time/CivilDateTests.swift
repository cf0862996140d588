import Foundation
import Testing

@testable import Storage

@Suite struct CivilDateTests {
    /// Every day from 1970 to 9999, one after the other: each is the day after the one before.
    @Test func everyDayFollowsTheOneBefore() throws {
        var expected = (year: 1970, month: 1, day: 1)
        var wrong = 0
        for days in 0..<2_932_897 {
            let date = CivilDate(daysSince1970: days)
            if (date.year, date.month, date.day) != expected || date.daysSince1970 != days { wrong += 1 }
            expected.day += 1
            if expected.day > CivilDate.days(in: expected.month, of: expected.year) {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
        #expect(wrong == 0)
        #expect(expected == (10_000, 1, 1))
    }

    /// Foundation's calendar is another implementation of the same.
    @Test func textIsWhatFoundationWrites() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let milliseconds = Int64.random(in: 0...253_402_300_799_999, using: &generator)
            let timestamp = Timestamp(milliseconds: milliseconds)
            // Half a millisecond more: Foundation's seconds are floating-point, and it rounds down.
            let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
            #expect(timestamp.description == date.formatted(style))
            #expect(try Timestamp(lenient: timestamp.description) == timestamp)
        }
    }

    @Test func timesBefore1970HaveTextToo() {
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: -86_400_000).description == "1969-12-31T00:00:00.000Z")
        #expect(Timestamp(milliseconds: -62_167_219_200_001).description == "-0001-12-31T23:59:59.999Z")
        #expect(!Timestamp(milliseconds: .min).description.isEmpty)
        #expect(!Timestamp(milliseconds: .max).description.isEmpty)
    }
}
