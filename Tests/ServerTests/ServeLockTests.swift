import Foundation
import TestSupport
import Testing

@testable import Server

/// Which process runs a server on a folder, for whoever wants to signal it.
struct ServeLockTests {
    @Test func theHolderIsTheProcessThatHasTheLock() throws {
        let folder = try TemporaryFolder()
        #expect(try ServeLock.holder(folder.url.path()) == nil)
        let lock = try ServeLock(folder: folder.url.path())
        #expect(try ServeLock.holder(folder.url.path()) == ProcessInfo.processInfo.processIdentifier)
        lock.release()
        #expect(try ServeLock.holder(folder.url.path()) == nil)
    }

    /// In a container the same number is another process: here the one that runs the tests is not process 1.
    @Test(arguments: ["1", "", "-1", "0"])
    func aProcessThatDoesNotHaveTheLockIsNotSignalled(number: String) throws {
        let folder = try TemporaryFolder()
        let lock = try ServeLock(folder: folder.url.path())
        defer { lock.release() }
        try Data(number.utf8).write(to: folder.url.appending(path: "serve.lock"), options: [])
        let refusal = #expect(throws: CannotStart.self) { try ServeLock.holder(folder.url.path()) }
        #expect(refusal?.description.contains("cannot be seen from here") == true)
    }
}
