import Engine
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Server

/// The mechanism of the edge, on a connection without a socket whose time a test moves.
struct RequestGuardTests {
    private let channel: EmbeddedChannel
    private static let whole = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    private static let half = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345"

    init() throws {
        channel = EmbeddedChannel()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(ByteWatch())
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        try pipeline.addHandler(RequestGuard(limits: .standard))
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
    }

    private func receive(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    private func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    private func refusal() throws -> (code: String, path: String?)? {
        guard case .refused(let request) = try channel.readInbound(as: Arrival.self) else { return nil }
        return (request.failure.code.rawValue, request.head?.path)
    }

    private func request() throws -> IncomingRequest? {
        guard case .request(let request) = try channel.readInbound(as: Arrival.self) else { return nil }
        return request
    }

    private func answer(closes: Bool = false) throws {
        let response = Response(status: .ok, headers: [:], body: Array("ok".utf8))
        try channel.writeOutbound(OutgoingAnswer(response, closes: closes))
    }

    private func sent() throws -> String {
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        return text
    }

    @Test func aRequestComesWithItsWholeBody() throws {
        try receive(Self.half)
        #expect(try request() == nil)
        try receive("67890")
        #expect(try request()?.body == Array("1234567890".utf8))
    }

    @Test func aConnectionWithoutARequestIsClosedInTheEnd() throws {
        pass(.seconds(74))
        #expect(channel.isActive)
        pass(.seconds(1))
        #expect(!channel.isActive)
        #expect(try refusal() == nil)
    }

    @Test func aHeaderHasTenSecondsFromItsFirstByte() throws {
        for byte in Self.whole.prefix(9) {
            try receive(String(byte))
            pass(.seconds(1))
        }
        #expect(try refusal() == nil)
        try receive("x")
        pass(.seconds(1))
        #expect(try refusal()?.code == "REQUEST_TIMEOUT")
        try answer()
        #expect(try sent().contains("Connection: close\r\n"))
    }

    @Test func aBodyHasTenSecondsHoweverItTrickles() throws {
        try receive("POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
        for _ in 1...9 {
            try receive("1")
            pass(.seconds(1))
        }
        #expect(try refusal() == nil)
        pass(.seconds(1))
        let late = try #require(try refusal())
        #expect(late.code == "REQUEST_TIMEOUT")
        #expect(late.path == "/slow")
    }

    @Test func whatIsHandledHasItsOwnTime() throws {
        try receive(Self.whole)
        #expect(try request() != nil)
        pass(.minutes(10))
        #expect(channel.isActive)
        try answer()
        #expect(try sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(channel.isActive)
    }

    @Test func theNextRequestWaitsForTheAnswer() throws {
        try receive(Self.whole + Self.whole)
        #expect(try request() != nil)
        #expect(try request() == nil)
        try answer()
        #expect(try request() != nil)
    }

    @Test func theTimeOfTheNextRequestBeginsAnew() throws {
        try receive(Self.whole)
        pass(.seconds(70))
        try answer()
        pass(.seconds(74))
        #expect(channel.isActive)
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func afterTheLastAnswerTheClientHangsUpOrIsHungUpOn() throws {
        try receive("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + Self.whole)
        #expect(try request() != nil)
        try answer()
        #expect(try sent().contains("Connection: close\r\n"))
        #expect(try request() == nil, "what comes after it is not for us")
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func afterARefusalNothingIsTaken() throws {
        try receive("GET / HTTP/1.1\r\n\r\n" + Self.whole)
        #expect(try refusal()?.code == "MALFORMED_REQUEST")
        try receive(Self.whole)
        try answer()
        try receive(Self.whole)
        #expect(try request() == nil)
        #expect(try refusal() == nil)
    }

    @Test func aStopClosesWhatIsIdle() throws {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(!channel.isActive)
    }

    @Test(arguments: [half, "GET / HTT"])
    func aStopRefusesWhatIsIncomplete(text: String) throws {
        try receive(text)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try refusal()?.code == "UNAVAILABLE")
        try answer()
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func aStopLetsWhatIsHandledBeAnswered() throws {
        try receive(Self.whole + Self.whole)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(channel.isActive)
        #expect(try request() != nil)
        try answer()
        #expect(try sent().contains("Connection: close\r\n"))
        #expect(try request() == nil)
    }

    @Test func anAnswerMayCloseTheConnection() throws {
        try receive(Self.whole)
        try answer(closes: true)
        pass(.seconds(1))
        #expect(!channel.isActive)
    }
}
