import Foundation
import Logging
import Storage
import Testing

@testable import Server

struct LoggingOutputTests {
    @Test func linesOfManyThreadsAreNotMixed() async throws {
        let pipe = Pipe()
        let output = LogOutput.descriptor(pipe.fileHandleForWriting.fileDescriptor)
        let clock = Clock { Timestamp(milliseconds: 0) }
        let logger = Logs(.init(format: .json), to: output, environment: [:], clock: clock).logger()
        let reading = Task { try pipe.fileHandleForReading.readToEnd() ?? Data() }
        // Longer than PIPE_BUF, beyond which the kernel may tear a write apart.
        await withTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for _ in 0..<50 { logger.info("\(String(repeating: "\(writer)", count: 6000))") }
                }
            }
        }
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: try await reading.value, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 200)
        for line in lines {
            let message = try #require(line.split(separator: "\"message\":\"").last?.dropLast(2))
            #expect(message.count == 6000 && Set(message).count == 1)
        }
    }

    @Test func aFileIsNoTerminal() throws {
        let pipe = Pipe()
        #expect(!LogOutput.descriptor(pipe.fileHandleForWriting.fileDescriptor).isTerminal)
    }
}
