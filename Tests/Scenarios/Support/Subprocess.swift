import Foundation
import Synchronization

/// How a process ended, and what it said.
struct Finished: Sendable {
    let status: Int32
    let output: String
    let errors: String
}

/// A process that runs beside the tests; what it prints goes to files, so that it never waits for a reader.
final class Subprocess: Sendable {
    private enum State {
        case running([CheckedContinuation<Int32, Never>])
        case ended(Int32)
    }

    /// Outlives this object: the process tells it that it ended.
    private final class Watch: Sendable {
        let state = Mutex(State.running([]))

        func end(_ status: Int32) {
            let waiting = state.withLock { state -> [CheckedContinuation<Int32, Never>] in
                guard case .running(let waiting) = state else { return [] }
                state = .ended(status)
                return waiting
            }
            for continuation in waiting { continuation.resume(returning: status) }
        }

        func status() async -> Int32 {
            await withCheckedContinuation { continuation in
                let ended = state.withLock { state -> Int32? in
                    switch state {
                    case .ended(let status): return status
                    case .running(let waiting):
                        state = .running(waiting + [continuation])
                        return nil
                    }
                }
                if let ended { continuation.resume(returning: ended) }
            }
        }
    }

    let id: Int32
    private let watch: Watch
    private let outputFile: URL
    private let errorsFile: URL

    /// Starts `executable` in `folder`, with this environment and no other.
    init(
        _ executable: URL, _ arguments: [String], environment: [String: String], folder: URL, input: String? = nil
    ) throws {
        let name = UUID().uuidString
        outputFile = folder.appending(path: "\(name).out")
        errorsFile = folder.appending(path: "\(name).err")
        try Data().write(to: outputFile)
        try Data().write(to: errorsFile)
        let inputFile = folder.appending(path: "\(name).in")
        try Data((input ?? "").utf8).write(to: inputFile)
        id = try Spawn(
            executable: executable.path(), arguments: arguments,
            environment: environment.map { "\($0.key)=\($0.value)" }, folder: folder.path(),
            files: [inputFile.path(), outputFile.path(), errorsFile.path()]
        ).start()
        let (watch, id) = (Watch(), id)
        self.watch = watch
        Thread { watch.end(Spawn.wait(for: id)) }.start()
    }

    var isRunning: Bool {
        watch.state.withLock { state in
            if case .running = state { true } else { false }
        }
    }

    var output: String { read(outputFile) }
    var errors: String { read(errorsFile) }

    func signal(_ signal: Int32) {
        if isRunning { kill(id, signal) }
    }

    func wait() async -> Finished {
        let status = await watch.status()
        return Finished(status: status, output: output, errors: errors)
    }

    private func read(_ file: URL) -> String {
        String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }
}
