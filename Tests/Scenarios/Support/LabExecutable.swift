import Foundation

/// The `Lab` executable is not where it should be.
struct NoLab: Error, CustomStringConvertible {
    let looked: String

    var description: String { "There is no Lab at \(looked). `swift build` makes it; USHER_LAB_PATH names another." }
}

extension Lab {
    /// `Lab` as it was built beside these tests, or the one that `USHER_LAB_PATH` names.
    static func executable() throws -> URL {
        let environment = ProcessInfo.processInfo.environment
        let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        var candidates = [tests.deletingLastPathComponent().appending(path: "Lab")]
        // On other systems the tests are a bundle, and it is the bundle that lies beside `Lab`.
        candidates.append(URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Lab"))
        if let named = environment["USHER_LAB_PATH"] { candidates = [URL(filePath: named)] }
        let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path()) }
        guard let found else { throw NoLab(looked: candidates.map { $0.path() }.joined(separator: " or ")) }
        return found
    }
}
