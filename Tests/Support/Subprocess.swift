import CSpawn
package import Foundation
import Synchronization

/// How a process ended, and what it said.
package struct Finished: Sendable {
    /// What it exited with, or the signal that ended it.
    package let status: Int32
    package let output: String
    package let errors: String
}

/// A process could not be started.
struct SpawnError: Error {
    let program: String
    let code: Int32
}

/// A process that runs beside the tests; what it prints goes to files, so that it never waits for a reader.
package final class Subprocess: Sendable {
    /// Outlives this object: the thread that waits for the process writes it.
    private final class Ending: Sendable {
        let status = Mutex<Int32?>(nil)
    }

    package let id: Int32
    private let ending = Ending()
    private let whenEnded: Task<Int32, Never>
    private let outputFile: URL
    private let errorsFile: URL

    /// Starts `executable` in `folder`, with this environment and no other.
    package init(
        _ executable: URL, _ arguments: [String], environment: [String: String], folder: URL, input: String? = nil
    ) throws {
        let name = UUID().uuidString
        let inputFile = folder.appending(path: "\(name).in")
        outputFile = folder.appending(path: "\(name).out")
        errorsFile = folder.appending(path: "\(name).err")
        for (file, text) in [(inputFile, input ?? ""), (outputFile, ""), (errorsFile, "")] {
            try Data(text.utf8).write(to: file)
        }
        id = try Self.spawn(
            executable.path(), arguments, environment.map { "\($0.key)=\($0.value)" }, in: folder.path(),
            [
                FileHandle(forReadingFrom: inputFile), FileHandle(forWritingTo: outputFile),
                FileHandle(forWritingTo: errorsFile),
            ])
        let (id, ending) = (id, ending)
        whenEnded = Task {
            await withCheckedContinuation { continuation in
                // A thread of its own: waiting here must not hold one of Swift's few.
                Thread {
                    let status = Self.wait(for: id)
                    ending.status.withLock { $0 = status }
                    continuation.resume(returning: status)
                }.start()
            }
        }
    }

    package var isRunning: Bool { ending.status.withLock { $0 == nil } }
    package var output: String { read(outputFile) }
    package var errors: String { read(errorsFile) }

    package func signal(_ signal: Int32) {
        if isRunning { kill(id, signal) }
    }

    package func wait() async -> Finished {
        let status = await whenEnded.value
        return Finished(status: status, output: output, errors: errors)
    }

    private func read(_ file: URL) -> String {
        String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String], in folder: String, _ streams: [FileHandle]
    ) throws -> Int32 {
        var id: pid_t = 0
        let descriptors = streams.map(\.fileDescriptor)
        let code = unsafe withCStrings([program] + arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe usher_test_spawn(program, arguments, environment, folder, descriptors, &id)
            }
        }
        withExtendedLifetime(streams) {}
        guard code == 0 else { throw SpawnError(program: program, code: code) }
        return id
    }

    /// Blocks until the process has ended.
    private static func wait(for id: Int32) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : signal
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(pointers)
    }
}
