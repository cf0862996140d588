import Foundation
import TestSupport
import Testing

/// Runs the snippets of a page in one shell, from top to bottom, as somebody does who pastes them.
///
/// The shell stops at the first command that fails. Its folder is the lab's, where `usher` finds its data.
struct SnippetRun {
    let document: Document
    let lab: Lab

    /// Programs that tests may use, by the name that pages call them; a missing one leaves its snippets out.
    private static let programs = [
        "curl": "USHER_TEST_CURL", "jq": "USHER_TEST_JQ", "php": "USHER_TEST_PHP", "node": "USHER_TEST_NODE",
        "go": "USHER_TEST_GO", "python": "USHER_TEST_PYTHON", "strace": "USHER_TEST_STRACE",
        "slowhttptest": "USHER_TEST_SLOWHTTPTEST",
    ]

    /// Where such a program is; nil, and a line that says what is left out, when no test may use it.
    static func path(of program: String, for purpose: String) -> String? {
        let variable = programs[program] ?? ""
        if let path = ProcessInfo.processInfo.environment[variable] { return path }
        print("Left out: \(purpose) (\(variable) is not set).")
        return nil
    }

    func run() async throws {
        for program in ["curl", "jq"] {
            guard Self.path(of: program, for: "the snippets of \(document.name)") != nil else { return }
        }
        try prepare()
        var scripts: [Document.Script] = []
        for step in document.steps {
            switch step {
            case .file(let name, let text): try write(text, name)
            case .run(let script):
                let purpose = "the snippet in line \(script.line) of \(document.name)"
                if let program = script.program, Self.path(of: program, for: purpose) == nil { continue }
                scripts.append(script)
            }
        }
        let finished = try await execute(scripts)
        for (number, script) in scripts.enumerated() {
            let place = "docs/\(document.name), line \(script.line)"
            guard let output = read("\(number).out") else {
                Issue.record("\(place) was not reached")
                continue
            }
            let isLast = read("\(number + 1).out") == nil
            if isLast, finished.status != 0 {
                Issue.record("\(place) failed (\(finished.status)): \(output)\(read("\(number).err") ?? "")")
            } else if let expected = script.output.map(local) {
                #expect(matches(output, expected), "\(place) printed \(output)\(read("\(number).err") ?? "")")
            }
        }
    }

    /// Text of a page with the address of this lab's server.
    private func local(_ text: String) -> String {
        text.replacingOccurrences(of: "http://localhost:8080", with: "http://localhost:\(lab.port)")
    }

    private func prepare() throws {
        for folder in ["bin", "printed"] {
            try FileManager.default.createDirectory(
                at: lab.folder.appending(path: folder), withIntermediateDirectories: false)
        }
        var commands = ["usher": lab.program.path(), lab.program.lastPathComponent: lab.program.path()]
        let environment = ProcessInfo.processInfo.environment
        for (name, variable) in Self.programs { commands[name] = environment[variable] }
        for (name, path) in commands {
            try write("#!/bin/sh\nexec '\(path)' \"$@\"\n", "bin/\(name)")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: lab.folder.appending(path: "bin/\(name)").path())
        }
        let fixtures = Document.repository.appending(path: "Tests/Snippets")
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures.path()) {
            try write(String(contentsOf: fixtures.appending(path: name), encoding: .utf8), name)
        }
    }

    private func execute(_ scripts: [Document.Script]) async throws -> Finished {
        var text = "set -euo pipefail\n"
        for (number, script) in scripts.enumerated() {
            text += "exec > '\(printed("\(number).out"))' 2> '\(printed("\(number).err"))'\n\(local(script.text))\n"
        }
        try write(text, "page.sh")
        var environment = lab.environment
        environment["PATH"] = "\(lab.folder.path())/bin:/usr/bin:/bin"
        environment["USHER_DATA_DIR"] = lab.data.path()
        environment["NO_PROXY"] = "*"
        // The server listens on IPv4 alone, and Node 18 takes the first address of `localhost` that comes.
        environment["NODE_OPTIONS"] = "--dns-result-order=ipv4first"
        return try await Subprocess(
            URL(filePath: "/bin/bash"), ["page.sh"], environment: environment, folder: lab.folder
        ).wait()
    }

    private func printed(_ name: String) -> String { lab.folder.appending(path: "printed/\(name)").path() }

    /// What a script printed; lines of mails end with CRLF, which nobody sees.
    private func read(_ name: String) -> String? {
        try? String(contentsOfFile: printed(name), encoding: .utf8).replacingOccurrences(of: "\r\n", with: "\n")
    }

    private func write(_ text: String, _ name: String) throws {
        let file = lab.folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(local(text).utf8).write(to: file)
    }
}

/// Whether `text` is what `pattern` shows, where `…` stands for anything.
func matches(_ text: String, _ pattern: String) -> Bool {
    let pieces = pattern.components(separatedBy: "…")
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return text == pattern }
    guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
        guard let found = rest.range(of: piece) else { return false }
        rest = rest[found.upperBound...]
    }
    return true
}
