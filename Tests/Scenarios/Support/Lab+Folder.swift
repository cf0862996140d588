import Foundation
import TestSupport

extension Lab {
    /// Writes a file into the working directory of the server and of all verbs.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path()
    }

    /// Everything in the data folder: names, modes and contents; empty when there is none.
    func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: data.path()) {
            let file = data.appending(path: name)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path())[.posixPermissions] as? Int
            contents["\(name) \(mode ?? 0)"] = (try? Data(contentsOf: file)) ?? Data()
        }
        return contents
    }

    var hasDataFolder: Bool { FileManager.default.fileExists(atPath: data.path()) }

    /// Runs `serve`, which must end by itself, and has changed nothing.
    func refusedStart() async throws -> Finished {
        let before = hasDataFolder ? try contents() : nil
        let process = try Subprocess(
            program, ["serve", "--data", data.path()], environment: environment, folder: folder)
        defer { process.signal(SIGKILL) }
        _ = try await eventually("the end of a start that is refused") { process.isRunning ? nil : true }
        let finished = await process.wait()
        guard (hasDataFolder ? try contents() : nil) == before else {
            throw ControlError(description: "the data folder was changed; \(finished.errors)")
        }
        return finished
    }
}

/// A small disk of its own in memory; only root can have one.
final class SmallDisk: Sendable {
    private let folder: URL

    /// Nil, with a message, where this user cannot have one.
    init?(at folder: URL, kibibytes: Int, leftOut test: String) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let mounted = try? await Self.run(
            "mount", ["-t", "tmpfs", "-o", "size=\(kibibytes)k,mode=0700", "tmpfs", folder.path()])
        guard mounted?.status == 0 else {
            try FileManager.default.removeItem(at: folder)
            print("Left out: \(test). It needs a disk of its own, which only root can mount.")
            return nil
        }
    }

    /// Runs `body`, and takes the disk away, whatever comes of it.
    func use<Value>(_ body: () async throws -> Value) async throws -> Value {
        let result: Result<Value, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        _ = try? await Self.run("umount", ["-l", folder.path()])
        return try result.get()
    }

    func makeReadOnly() async throws {
        let done = try await Self.run("mount", ["-o", "remount,ro", folder.path()])
        guard done.status == 0 else { throw ControlError(description: done.errors) }
    }

    /// Takes what room there is.
    func fill() throws {
        let file = folder.appending(path: "ballast")
        _ = FileManager.default.createFile(atPath: file.path(), contents: nil)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        for size in [65_536, 4096, 512] {
            while (try? handle.write(contentsOf: Data(count: size))) != nil {}
        }
    }

    func clear() throws { try FileManager.default.removeItem(at: folder.appending(path: "ballast")) }

    private static func run(_ program: String, _ arguments: [String]) async throws -> Finished {
        let folder = try TemporaryFolder()
        for directory in ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"]
        where FileManager.default.isExecutableFile(atPath: directory + program) {
            return try await Subprocess(
                URL(filePath: directory + program), arguments, environment: [:], folder: folder.url
            ).wait()
        }
        throw ControlError(description: "there is no \(program)")
    }
}
