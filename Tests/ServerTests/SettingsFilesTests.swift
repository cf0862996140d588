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
        #expect {
            try SystemFiles.read(folder.path())
        } throws: {
            $0 as? FileProblem != .missing
        }
    }
}
