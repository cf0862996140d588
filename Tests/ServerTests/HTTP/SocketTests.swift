import HTTPTypes
import TestSupport
import Testing

@testable import Server

/// The server as a whole, over a real socket.
struct SocketTests {
    private static let next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    @Test func aRequestIsAnswered() async throws {
        try await withServerOnSocket { port in
            let text = "GET /healthz HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(text, port: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("X-Request-Id: "))
            #expect(answer.contains(" GMT\r\n"))
            #expect(answer.hasSuffix(#"{"status":"ok"}"#))
        }
    }

    @Test func headersAreReadAsSent() async throws {
        try await withServerOnSocket { port in
            let text =
                "POST /api/webhook?token=\(HTTPUnderTest.webhookToken) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Shop/1\r\n"
                + "Content-Length: 27\r\nConnection: close\r\n\r\n{\"action\":\"prune-sessions\"}"
            let answer = try await RawConnection.exchange(text, port: port)
            #expect(answer.contains(#""userAgent":"Shop/1""#))
            #expect(answer.contains(#""address":"127.0.0.1""#))
        }
    }

    /// Behind each request stands another one in the same bytes. After what is refused it must never be answered: the
    /// proxy before us may have taken it for a part of the first.
    @Test(arguments: RawRequest.all)
    func eachRequestHasOneAnswer(request: RawRequest) async throws {
        try await withServerOnSocket { port in
            let connection = try RawConnection(port: port)
            connection.send(request.bytes + Array(Self.next.utf8))
            let (answers, rest) = RawAnswer.all(in: try await connection.readToEnd())
            #expect(rest.isEmpty)
            #expect(answers.map(\.status) == (request.closes ? [request.status] : [request.status, 200]))
            let answer = try #require(answers.first)
            #expect(answer.header("X-Request-Id")?.isEmpty == false)
            #expect((answer.header("Connection") == "close") == request.closes)
            if let code = request.code {
                #expect(answer.header("Content-Type") == "application/problem+json")
                #expect(answer.body.contains("\"code\":\"\(code)\""))
            }
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await withServerOnSocket { port in
            let connection = try RawConnection(port: port)
            for path in ["/healthz", "/nothing", "/api/auth/login"] {
                connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            }
            connection.send(Self.next)
            let answers = RawAnswer.all(in: try await connection.readToEnd()).answers
            #expect(answers.map(\.status) == [200, 404, 405, 200])
        }
    }

    @Test func afterTooManyRequestsAtOnceComesTheEnd() async throws {
        var limits = EdgeLimits.standard
        limits.pipelinedParts = 4
        try await withServerOnSocket(limits: limits) { port in
            let connection = try RawConnection(port: port)
            let one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            connection.send(String(repeating: one, count: 50))
            let answers = RawAnswer.all(in: try await connection.readToEnd()).answers
            #expect(answers.count < 50)
            #expect(answers.last?.status == 400)
        }
    }

    @Test func aClientThatHasSentAllGetsItsAnswer() async throws {
        try await withServerOnSocket { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.finish()
            #expect(RawAnswer.all(in: try await connection.readToEnd()).answers.map(\.status) == [200])
            let cut = try RawConnection(port: port)
            cut.send("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{}")
            cut.finish()
            #expect(RawAnswer.all(in: try await cut.readToEnd()).answers.map(\.status) == [400])
        }
    }

    @Test func whoAsksWhetherToSendTheBodyIsTold() async throws {
        try await withServerOnSocket { port in
            let head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
            let connection = try RawConnection(port: port)
            connection.send(head + "2\r\nConnection: close\r\n\r\n")
            let proceed = try await connection.read { $0.count >= 25 }
            #expect(String(decoding: proceed, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
            connection.send("{}")
            #expect(RawAnswer.all(in: try await connection.readToEnd()).answers.map(\.status) == [200])
            let large = try RawConnection(port: port)
            large.send(head + "70000\r\n\r\n")
            #expect(RawAnswer.all(in: try await large.readToEnd()).answers.map(\.status) == [413])
        }
    }

    @Test func afterABodyThatIsTooLargeNothingIsRead() async throws {
        var limits = EdgeLimits.standard
        // The client must notice while it sends.
        limits.lingerTime = .milliseconds(50)
        try await withServerOnSocket(limits: limits) { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10000000\r\n")
            let piece = [UInt8](repeating: 0x20, count: 1 << 20)
            var sent = 0
            while sent < 256, connection.send(piece) { sent += 1 }
            #expect(sent < 64, "what the system buffers on both sides is less than that many MiB")
        }
    }

    @Test func whoDoesNotTakeTheAnswersIsHungUpOn() async throws {
        var limits = EdgeLimits.standard
        limits.answerTime = .milliseconds(50)
        try await withServerOnSocket(limits: limits) { port in
            let deaf = try RawConnection(port: port, receiveBuffer: 4096)
            // More than the system buffers on both sides.
            let one = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
            deaf.send(String(repeating: one, count: 250))
            _ = try await eventually("the end of the connection") { deaf.send(" ") ? nil : true }
        }
    }

    @Test func oneConnectionTooManyIsToldSo() async throws {
        var limits = EdgeLimits.standard
        limits.connections = 3
        try await withServerOnSocket(limits: limits) { port in
            let ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            var open: [RawConnection] = []
            for _ in 1...3 {
                let connection = try RawConnection(port: port)
                connection.send(ask)
                _ = try await connection.read { !RawAnswer.all(in: $0).answers.isEmpty }
                open.append(connection)
            }
            let refused = RawAnswer.all(in: try await RawConnection(port: port).readToEnd()).answers
            #expect(refused.map(\.status) == [503])
            #expect(refused.first?.header("Connection") == "close")
            #expect(refused.first?.header("Retry-After") == "1")
            open.removeAll()
            _ = try await eventually("a free place") {
                try await RawConnection.exchange(Self.next, port: port).hasPrefix("HTTP/1.1 200") ? true : nil
            }
        }
    }

    @Test func everyPathTellsItsMethods() async throws {
        let table = try RouteTable.all(try await HTTPUnderTest().context)
        try await withServerOnSocket { port in
            for path in table.paths {
                let path = path.replacing("{id}", with: "1")
                for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"] {
                    let route = try #require(table.find(path)?.route)
                    guard !route.handlers.contains(where: { $0.method.rawValue == method }) else { continue }
                    let connection = try RawConnection(port: port)
                    connection.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    let answer = try #require(RawAnswer.all(in: try await connection.readToEnd()).answers.first)
                    #expect(answer.status == 405, "\(method) \(path)")
                    #expect(answer.header("Allow") == route.allow)
                }
            }
        }
    }
}
