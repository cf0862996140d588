import JSON
import Logging
import Server
import Testing

struct LoggingJSONTests {
    private func object(_ log: KeptLog) throws -> JSONValue {
        let line = try #require(log.lines.last)
        #expect(line.hasSuffix("}\n") && line.dropLast().allSatisfy { !$0.isNewline })
        return try JSONValue(parsing: Array(line.utf8))
    }

    @Test func aLineIsOneObject() throws {
        let log = KeptLog()
        log.logger(.json).info("sent", metadata: ["to": "a@example.com", "list": ["x", ["k": "v"]]])
        #expect(
            try object(log) == [
                "time": "2027-01-01T00:00:00.000Z", "level": "info", "logger": "usher.mail", "message": "sent",
                "to": "a@example.com", "list": ["x", ["k": "v"]],
            ])
    }

    @Test func everyTextComesBackAsItWas() throws {
        let log = KeptLog()
        let evil = (0...0x1000).compactMap(Unicode.Scalar.init).map(String.init).joined() + "\u{2028}\u{202e}\"\\🦉"
        log.logger(.json).info("\(evil)", metadata: ["\(evil)": "\(evil)"])
        let read = try object(log)
        // Compared by code points: Swift takes `é` in one or two of them as equal.
        #expect(read["message"] == .string(evil))
        #expect(read[evil] == .string(evil))
    }

    @Test func metadataCannotPassForTheLinesOwnMembers() throws {
        let log = KeptLog()
        log.logger(.json).info("true", metadata: ["message": "false", "level": "error"])
        let read = try object(log)
        #expect(read["message"] == "true" && read["message_"] == "false")
        #expect(read["level"] == "info" && read["level_"] == "error")
    }

    @Test func anErrorIsWrittenWithItsType() throws {
        struct Broken: Error {}
        let log = KeptLog()
        log.logger(.json).error("oh", error: Broken())
        let read = try object(log)
        #expect(read["error"]?.stringValue?.hasPrefix("Broken") ?? false)
        #expect(read["errorType"]?.stringValue?.hasSuffix("Broken") ?? false)
    }
}
