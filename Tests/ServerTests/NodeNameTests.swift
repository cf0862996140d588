import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Server

struct NodeNameTests {
    @Test func aNodeIsCalledTheSameAfterARestart() throws {
        let folder = try TemporaryFolder()
        let file = NodeNameFile(path: folder.file("node"), random: SystemRandom())
        let name = try file.name()
        #expect(try file.name() == name)
        #expect(name.hasPrefix(ProcessInfo.processInfo.hostName + "/"), "\(name)")
    }

    @Test func twoNodesHaveTwoNames() throws {
        let folder = try TemporaryFolder()
        let names = try ["a", "b"].map { try NodeNameFile(path: folder.file($0), random: SystemRandom()).name() }
        #expect(names[0] != names[1])
    }

    @Test(arguments: ["", "cut", "0123456789abcdef"])
    func aNameThatACrashCutShortIsMadeAnew(text: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder.url.appending(path: "node"))
        let file = NodeNameFile(path: folder.file("node"), random: SystemRandom())
        let name = try file.name()
        #expect(try file.name() == name)
        #expect(try Data(contentsOf: folder.url.appending(path: "node")).count == 17)
    }

    @Test func aFolderThatTakesNoFileIsNamed() throws {
        #expect { try NodeNameFile(path: "/no/such/folder/node", random: SystemRandom()).name() } throws: {
            "\($0)".contains("/no/such/folder/node cannot be made")
        }
    }
}
