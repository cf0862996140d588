import Foundation
import Server
import Testing

struct SettingsFilesTests {
    @Test func filesOfTheMachineAreReadAndAMissingOneIsToldFromAnUnreadableOne() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("USHER_PORT=9".utf8).write(to: folder.appending(path: ".env"))

        #expect(try Settings.load(environment: [:], workingDirectory: folder.path()).listen.port == 9)
        #expect(throws: FileProblem.missing) { try SystemFiles.read(folder.path() + "/none") }
        #expect(throws: FileProblem.unreadable(reason: "it is a folder")) { try SystemFiles.read(folder.path()) }
    }

    /// As a shell hands over the output of a program: `<(…)`.
    @Test func aPipeIsReadToItsEnd() async throws {
        let pipe = Pipe()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let text = Data(repeating: 65, count: 10_000)
        try pipe.fileHandleForWriting.write(contentsOf: text)
        try pipe.fileHandleForWriting.close()
        #expect(try SystemFiles.read(path) == Array(text))
    }
}
