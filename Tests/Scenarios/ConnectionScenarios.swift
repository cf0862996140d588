import Foundation
import TestSupport
import Testing

/// As many connections as the server takes, and one more.
struct ConnectionScenarios {
    private static let ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test(.enabled(if: canOpen(10_300), "the limit of open files is too low for 10,000 connections"))
    func tenThousandConnectionsAndOneMore() async throws {
        // On a busy machine it takes minutes until all are open, and the first must be there still.
        let lab = try await Lab.start(settings: ["LAB_IDLE_SECONDS": "3600"])
        let process = try #require(lab.processID)
        let before = try Self.residentBytes(process)
        var open = try await Self.connections(lab, 5000)
        let perConnection = (try Self.residentBytes(process) - before) / 5000
        print("5,000 idle connections: \(perConnection) bytes each")
        #expect(perConnection < 64 << 10)
        open += try await Self.connections(lab, 5000)
        let oneMore = RawAnswer.all(in: try await RawConnection(port: lab.port).readToEnd()).answers
        #expect(oneMore.map(\.status) == [503])
        let old = try #require(open.first)
        old.send(Self.ask)
        let answer = try await old.read { !RawAnswer.all(in: $0).answers.isEmpty }
        #expect(RawAnswer.all(in: answer).answers.map(\.status) == [200], "the others are served")
        open.removeAll()
        _ = try await eventually("free places") {
            try? await lab.http.get("/healthz").status == 200 ? true : nil
        }
        #expect(try await lab.stop()?.status == 0)
    }

    /// Connections that have had one answer each.
    private static func connections(_ lab: Lab, _ count: Int) async throws -> [RawConnection] {
        try await onOwnThread {
            try (0..<count).map { _ in
                // An address of their own, so that the other tests do not run out of ports.
                let connection = try RawConnection(port: lab.port, source: "127.0.0.9")
                connection.send(ask)
                try connection.blockingRead { !RawAnswer.all(in: $0).answers.isEmpty }
                return connection
            }
        }
    }

    private static func residentBytes(_ process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)
        return (Int(status.split(separator: " ")[1]) ?? 0) * 4096
    }
}
