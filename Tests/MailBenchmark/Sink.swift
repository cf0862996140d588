import Foundation
import JSON
import TestSupport

/// The processes that take the mails: `Tests/Python/smtp_sink.py`.
struct Sink {
    /// What they took, in all, and their processor time in seconds.
    struct Taken {
        let mails: Int
        let connections: Int
        let processor: Double
    }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let process: Subprocess

    init(servers: Int, folder: URL) async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            throw Failed(description: "USHER_TEST_PYTHON must name a Python that has aiosmtpd. Use script/bench-mail.")
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Python/smtp_sink.py")
        let process = try Subprocess(
            URL(filePath: python), [script.standardized.path, String(servers)],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], folder: folder)
        port = try await eventually("the start of the SMTP server") {
            guard process.isRunning else { throw Failed(description: process.errors) }
            return process.output.split(separator: "\n").first.flatMap { Int($0) }
        }
        self.process = process
    }

    func stop() async throws -> Taken {
        process.signal(SIGTERM)
        let finished = await process.wait()
        let lines = try finished.output.split(separator: "\n").dropFirst().map { try JSONValue(parsing: String($0)) }
        func sum(_ field: String) -> Int { lines.reduce(0) { $0 + Int($1[field]?.intValue ?? 0) } }
        return Taken(
            mails: sum("mails"), connections: sum("connections"), processor: Double(sum("milliseconds")) / 1000)
    }
}
