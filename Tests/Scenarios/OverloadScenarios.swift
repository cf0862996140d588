import Foundation
import JSON
import TestSupport
import Testing

/// Ten times as many come as can be served: those that are too many are told so at once and when to come back, the others
/// are served, and whoever comes after the crowd notices nothing.
struct OverloadScenarios {
    /// Ten times what fits into the queue of passwords to check, on a machine with few cores.
    private static let crowd = 660

    @Test(.enabled(if: canOpen(4000), "the limit of open files is too low for a crowd"))
    func tenTimesTooManyLoginsAreShedAndRefreshesAreNot() async throws {
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann")
        let sessions = try await atOnce(10) { _ in try await ann.session(["limited": true]) }
        let crowd = try await Crowd(Self.crowd, of: ann, at: lab)
        let refreshed = try await atOnce(10) { number in try await lab.refreshed(sessions[number]) }
        let answers = try await crowd.answers()
        #expect(refreshed.count == 10)
        let shed = answers.filter { $0.status == 503 }
        #expect(answers.allSatisfy { [200, 503].contains($0.status) }, "\(Set(answers.map(\.status)))")
        #expect(shed.count > Self.crowd / 2 && shed.count < Self.crowd, "\(shed.count) of \(Self.crowd)")
        for answer in shed {
            #expect(answer.header("Retry-After").flatMap(Int.init) ?? 0 >= 1)
            #expect(answer.body.contains(#""code":"UNAVAILABLE""#), "\(answer.body)")
        }
        #expect(try await ann.logIn(["limited": true]).status == 200, "the first after the crowd")
        let made = try await shop.user(ann.id)["sessions"]?.items.count
        #expect(made == 10 + answers.count { $0.status == 200 } + 1, "who was refused left no session")
    }

    @Test(.enabled(if: canOpen(4000), "the limit of open files is too low for a crowd"))
    func aCrowdFromOneNetworkIsToldWhenToComeBack() async throws {
        let lab = try await Lab.start(settings: ["USHER_TRUSTED_PROXIES": "127.0.0.1"])
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann")
        let crowd = try await Crowd(Self.crowd, of: ann, at: lab, from: "192.0.2.1")
        let answers = try await crowd.answers()
        #expect(answers.allSatisfy { [200, 429, 503].contains($0.status) }, "\(Set(answers.map(\.status)))")
        let limited = answers.filter { $0.status == 429 }
        #expect(limited.count > Self.crowd / 2, "\(limited.count) of \(Self.crowd)")
        let wait = limited.map { $0.header("Retry-After").flatMap(Int.init) ?? 0 }
        #expect(wait.allSatisfy { (1...60).contains($0) }, "\(Set(wait))")
        let other = ["X-Forwarded-For": "198.51.100.1"]
        #expect(try await ann.logIn(["limited": true], headers: other).status == 200, "it was one network's crowd")
        try await lab.advance(by: .seconds(try #require(wait.max())))
        let same = ["X-Forwarded-For": "192.0.2.1"]
        #expect(try await ann.logIn(["limited": true], headers: same).status == 200)
    }

    struct Slowness: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        /// Whether the server hangs up on all of them within the time of the test.
        let isEnded: Bool
    }

    /// By somebody else's program for this, which knows the attacks by name: Slowloris, R-U-Dead-Yet, Slow Read.
    @Test(arguments: [
        Slowness(testDescription: "slow headers", arguments: ["-H", "-i", "5"], isEnded: true),
        Slowness(testDescription: "slow bodies", arguments: ["-B", "-i", "3", "-s", "8192"], isEnded: true),
        Slowness(
            testDescription: "slow readers",
            arguments: ["-X", "-k", "3", "-n", "2", "-z", "8", "-w", "64", "-y", "128"],
            isEnded: false),
    ])
    func slowClientsKeepNobodyElseWaiting(slowness: Slowness) async throws {
        guard let program = SnippetRun.path(of: "slowhttptest", for: "slow clients") else { return }
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann")
        var session = try await ann.session(["limited": true])
        let crowd = try Subprocess(
            URL(filePath: program),
            slowness.arguments + [
                "-c", "400", "-r", "400", "-l", slowness.isEnded ? "120" : "12", "-p", "60",
                "-u", "http://127.0.0.1:\(lab.port)/openapi.json",
            ], environment: ["PATH": "/usr/bin:/bin"], folder: lab.folder)
        defer { crowd.signal(SIGKILL) }
        var rounds = 0
        while crowd.isRunning {
            session = try await lab.refreshed(session)
            #expect(try await ann.logIn(["deviceId": "desk"]).status == 200)
            try await shop.run("update-user", ["userId": .int(ann.id), "name": .string("Ann \(rounds)")])
            rounds += 1
        }
        let finished = await crowd.wait()
        #expect(finished.status == 0, "\(finished.output)")
        #expect(finished.output.contains("No open connections left") == slowness.isEnded, "\(finished.output)")
        #expect(rounds > 1)
        #expect(try await lab.stop()?.status == 0)
    }
}

/// Many who log in at the same moment, each on a connection of its own.
private struct Crowd {
    private let connections: [RawConnection]

    /// All have sent their request when this returns.
    init(_ count: Int, of customer: Customer, at lab: Lab, from address: String? = nil) async throws {
        let body = JSONValue.object([
            "email": .string(customer.email), "password": .string(customer.password), "limited": true,
        ]).text
        let origin = address.map { "X-Forwarded-For: \($0)\r\n" } ?? ""
        let request =
            "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(origin)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let port = lab.port
        connections = try await onOwnThread {
            let connections = try (0..<count).map { _ in try RawConnection(port: port) }
            for connection in connections { connection.send(request) }
            return connections
        }
    }

    func answers() async throws -> [RawAnswer] {
        let connections = connections
        return try await onOwnThread {
            try connections.flatMap { connection in
                RawAnswer.all(in: try connection.blockingRead { !RawAnswer.all(in: $0).answers.isEmpty }).answers
            }
        }
    }
}
