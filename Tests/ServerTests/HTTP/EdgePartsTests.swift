import HTTPTypes
import JSON
import Logging
import Storage
import Synchronization
import Testing

@testable import Server

/// The small parts of the edge.
struct EdgePartsTests {
    @Test(
        arguments: [
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 GMT"), (4_102_444_799_999, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ] as [(Int64, String)])
    func aDateIsWrittenAsHTTPWantsIt(milliseconds: Int64, text: String) {
        #expect(HTTPDate.text(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test func aProxysRequestIDIsTakenOver() async throws {
        let server = try await HTTPUnderTest { $0.trustedProxies = "192.0.2.0/24" }
        let headers = ["X-Request-Id": "proxy-1:7f3a"]
        let trusted = try await server.send("GET", "/nothing", headers, peer: "192.0.2.1")
        #expect(trusted.header("X-Request-Id") == "proxy-1:7f3a")
        #expect(trusted.json["requestId"] == "proxy-1:7f3a")
        let other = try await server.send("GET", "/nothing", headers, peer: "198.51.100.1")
        #expect(other.header("X-Request-Id")?.count == 16)
    }

    @Test(arguments: ["", "two words", "caf\u{e9}", String(repeating: "a", count: 101)])
    func aRequestIDThatIsNoneIsReplaced(id: String) {
        #expect(RequestID.given(in: [.requestID: id]) == nil)
    }

    @Test func twoRequestIDsAreNone() {
        var headers: HTTPFields = [.requestID: "a"]
        headers.append(HTTPField(name: .requestID, value: "b"))
        #expect(RequestID.given(in: headers) == nil)
        #expect(RequestID.given(in: [.requestID: String(repeating: "a", count: 100)]) != nil)
    }

    @Test func aFloodOfJunkHasFewLinesAndACount() {
        let (lines, logger) = Lines.recording()
        let time = Mutex(ContinuousClock.now)
        let log = RefusalLog(logger: logger) { time.withLock { $0 } }
        let written = (1...1000).filter { _ in log.mayWrite(.malformedRequest) }.count
        #expect(written == 20)
        #expect(!log.mayWrite(.requestTimeout))
        log.summarizeWhenDue()
        #expect(lines.all.isEmpty)
        time.withLock { $0 += .seconds(60) }
        log.summarizeWhenDue()
        log.summarizeWhenDue()
        #expect(lines.all == ["info more requests were refused MALFORMED_REQUEST=980 REQUEST_TIMEOUT=1"])
        #expect(log.mayWrite(.malformedRequest), "each minute has its lines")
    }

    @Test func eachSignalToStopGoesAStepFurther() {
        let drained = StopStage(drains: true)
        #expect(!drained.isOver)
        #expect(drained.next() == .draining)
        #expect(drained.isOver)
        #expect(drained.next() == .stopping)
        #expect(!drained.drained(), "the second signal has ended the drain")
        #expect(drained.next() == .ending)
        let plain = StopStage(drains: false)
        #expect(plain.next() == .stopping)
        #expect(plain.next() == .ending)
        let patient = StopStage(drains: true)
        #expect(patient.next() == .draining)
        #expect(patient.drained())
        #expect(patient.next() == .ending)
    }

    @Test func whoIsDrainingAsksEverybodyToGo() async throws {
        let server = try await HTTPUnderTest { $0.isDraining = true }
        #expect(try await server.send("GET", "/healthz").closes)
        #expect(try await !HTTPUnderTest().send("GET", "/healthz").closes)
    }
}
