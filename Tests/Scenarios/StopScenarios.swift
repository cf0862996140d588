import Foundation
import JSON
import TestSupport
import Testing

/// How the server ends, whatever clients do meanwhile.
struct StopScenarios {
    private static let ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test func whateverHangsOnTheServerItEndsInTime() async throws {
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        let idle = try await Self.idleConnections(lab, 3)
        let half = try RawConnection(port: lab.port)
        half.send("GET /healthz HTTP/1.1\r\nHo")
        let slow = try RawConnection(port: lab.port)
        async let trickle: Void = Self.trickle(over: slow)
        // More than the system buffers on both sides, and none of it is ever read.
        let deaf = try RawConnection(port: lab.port, receiveBuffer: 4096)
        deaf.send(String(repeating: "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 200))
        let logins = try await Self.logins(lab, 6)
        // When one is answered, the others wait for their hash.
        let first = try #require(logins.first)
        #expect(RawAnswer.all(in: try await first.read { !RawAnswer.all(in: $0).answers.isEmpty }).answers.count == 1)
        lab.signal(SIGTERM)
        let finished = try await lab.ended(within: .seconds(5))
        #expect(finished.status == 0, "\(finished.errors)")
        for login in logins.dropFirst() {
            let answers = RawAnswer.all(in: try await login.readToEnd()).answers
            #expect(answers.map(\.status) == [401], "what was being handled is answered")
        }
        for connection in idle { #expect(try await connection.readToEnd().isEmpty) }
        #expect(RawAnswer.all(in: try await half.readToEnd()).answers.map(\.status) == [503])
        // It ends when it was hung up on.
        try await trickle
        withExtendedLifetime(deaf) {}
    }

    @Test func beforeTheStopLoadBalancersAreTold() async throws {
        let lab = try await Lab.start(settings: ["USHER_DRAIN": "10m"])
        let idle = try await Self.idleConnections(lab, 1)
        lab.signal(SIGTERM)
        let answer = try await eventually("the drain") {
            let answer = try await lab.http.get("/readyz")
            return answer.status == 503 ? answer : nil
        }
        #expect(answer.text.contains("about to stop"))
        let text = try await RawConnection.exchange(Self.ask, port: lab.port)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"), "new connections are served")
        #expect(text.contains("Connection: close\r\n"), "and not kept")
        let kept = try #require(idle.first)
        kept.send(Self.ask)
        #expect(RawAnswer.all(in: try await kept.readToEnd()).answers.first?.header("Connection") == "close")
        lab.signal(SIGTERM)
        #expect(try await lab.ended(within: .seconds(5)).status == 0)
    }

    @Test func theDrainEndsByItself() async throws {
        let lab = try await Lab.start(settings: ["USHER_DRAIN": "1s"])
        lab.signal(SIGTERM)
        #expect(try await lab.ended().status == 0)
    }

    private static func idleConnections(_ lab: Lab, _ count: Int) async throws -> [RawConnection] {
        var connections: [RawConnection] = []
        for _ in 1...count {
            let connection = try RawConnection(port: lab.port)
            connection.send(ask)
            _ = try await connection.read { !RawAnswer.all(in: $0).answers.isEmpty }
            connections.append(connection)
        }
        return connections
    }

    /// Logins of which the server has read each one's head, as it says, before their bodies are sent.
    private static func logins(_ lab: Lab, _ count: Int) async throws -> [RawConnection] {
        let body = #"{"email":"nobody@example.com","password":"not the right one"}"#
        var connections: [RawConnection] = []
        for _ in 1...count {
            let connection = try RawConnection(port: lab.port)
            connection.send(
                "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
            _ = try await connection.read { !RawAnswer.all(in: $0).answers.isEmpty }
            connections.append(connection)
        }
        for connection in connections { connection.send(body) }
        return connections
    }

    /// Sends a body of which a byte comes now and then, until the server hangs up.
    private static func trickle(over connection: RawConnection) async throws {
        connection.send("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n")
        while connection.send(" ") { try await Task.sleep(for: .milliseconds(20)) }
    }
}
