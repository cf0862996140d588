import Glibc
import Testing

@testable import Server

/// What the system tells of this process.
struct ProcessStatusTests {
    @Test func itIsReadFromTheSystem() throws {
        let memory = try #require(ProcessStatus.memory)
        #expect(memory.resident > 1_000_000 && memory.resident < memory.virtual)
        #expect(ProcessStatus.cpuTime > .zero)
        #expect(try #require(ProcessStatus.openFiles) >= 3)
        #expect(try #require(ProcessStatus.maximumFiles) >= 64)
        let start = try #require(ProcessStatus.startTime)
        #expect(start < Double(time(nil)) + 1 && start > Double(time(nil)) - 86_400)
    }
}
