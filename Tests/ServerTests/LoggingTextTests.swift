import Cryptography
import Logging
import Server
import Testing

struct LoggingTextTests {
    @Test func aLineHasTimeLevelMessageAndMetadata() {
        let log = KeptLog()
        log.logger(.text).info(
            "sent", metadata: ["to": "a@example.com", "attempt": "\(2)", "reply": "250 queued", "x": ""])
        #expect(
            log.lines == [
                "2027-01-01T00:00:00.000Z INFO     sent attempt=2 reply=\"250 queued\" to=a@example.com x=\"\"\n"
            ])
    }

    @Test func nothingFromOutsideCanEndALineOrSteerATerminal() {
        let log = KeptLog()
        let evil: Logger.Message = "a\r\n2027 ERROR fake\u{1b}[2J\u{9b}1m\u{2028}\u{202e}"
        log.logger(.text).warning(evil, metadata: ["k\ney": "v\"\n\\=\u{0}"])
        #expect(
            log.lines == [
                "2027-01-01T00:00:00.000Z WARNING  a\\r\\n2027 ERROR fake\\u{1b}[2J\\u{9b}1m\\u{2028}\\u{202e} "
                    + "\"k\\ney\"=\"v\\\"\\n\\\\=\\u{0}\"\n"
            ])
    }

    @Test func aSecretIsPrintedRedacted() {
        let log = KeptLog()
        let secret = Secret("geheim")
        for format in [LogFormat.text, .json] {
            log.logger(format).error("\(secret)", metadata: ["a": "\(secret)", "b": .stringConvertible(secret)])
        }
        #expect(log.lines.count == 2)
        for line in log.lines {
            #expect(line.split(separator: "[redacted]", omittingEmptySubsequences: false).count == 4, "\(line)")
            #expect(!line.contains("geheim"))
        }
    }

    @Test func eventsBelowTheLevelAreLeftOut() {
        let log = KeptLog()
        let logger = log.logger(.text, level: .notice)
        logger.info("quiet")
        logger.notice("loud")
        #expect(log.lines.count == 1 && log.lines[0].contains("loud"))
    }

    @Test func coloursAreForTerminalsOfPeopleWhoLikeThem() {
        let plain = KeptLog()
        plain.logger(.text).info("x")
        plain.logger(.text, isTerminal: true, environment: ["NO_COLOR": "1"]).info("x")
        plain.logger(.text, isTerminal: true, environment: ["TERM": "dumb"]).info("x")
        plain.logger(.json, isTerminal: true).info("x")
        #expect(plain.lines.count == 4 && plain.lines.allSatisfy { !$0.contains("\u{1b}") })
        let coloured = KeptLog()
        coloured.logger(.text, isTerminal: true).info("x\u{1b}[0m", metadata: ["k": "v"])
        #expect(
            coloured.lines == [
                "2027-01-01T00:00:00.000Z \u{1b}[32mINFO\u{1b}[0m     x\\u{1b}[0m \u{1b}[2mk=v\u{1b}[0m\n"
            ])
    }

    @Test func aLoggersOwnMetadataIsOverriddenByTheEvents() {
        let log = KeptLog()
        var logger = log.logger(.text)
        logger[metadataKey: "a"] = "own"
        logger[metadataKey: "b"] = "own"
        logger.info("x", metadata: ["b": "event"])
        #expect(log.lines[0].hasSuffix("x a=own b=event\n"))
    }

    @Test func anEndlessValueIsCut() {
        let log = KeptLog()
        log.logger(.text).info("x", metadata: ["k": "\(String(repeating: "é", count: 100_000))"])
        #expect(log.lines[0].unicodeScalars.count < 8300 && log.lines[0].hasSuffix("é…\n"))
    }
}
