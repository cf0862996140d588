import Foundation

/// A page of the documents, as the test of its snippets sees it.
///
/// Comments that no reader sees say what a fenced block is: `<!-- run -->` (a script), `<!-- run with php -->` (one that
/// needs that program), `<!-- file: NAME -->` (saved under that name), `<!-- prints -->` (what the script before prints),
/// `<!-- not run: REASON -->`. Further lines in a `run` comment are a script themselves: a preparation, or a check. On a
/// page with `<!-- every sh block runs -->` they all do.
struct Document: Sendable {
    enum Step: Sendable {
        case file(name: String, text: String)
        case run(Script)
    }

    struct Script: Sendable {
        /// Where it begins, in lines from 1.
        let line: Int
        let text: String
        /// The program that it needs beside the shell.
        let program: String?
        /// What it prints, with `…` for any text.
        var output: String?
    }

    let name: String
    private(set) var steps: [Step] = []
    /// The lines of blocks that could be run, and of which nothing is said.
    private(set) var unmarked: [Int] = []

    private static let runnable: Set = ["sh", "php", "js", "python", "go"]

    /// Reads `docs/<name>`.
    init(_ name: String) throws {
        self.name = name
        var mark: Mark?
        var runsEverything = false
        for element in MarkdownElements(try Self.text(of: name)) {
            switch element {
            case .comment(let text, let line):
                mark = Mark(text)
                if case .everything = mark { runsEverything = true }
                if case .run(let program, let script?) = mark {
                    steps.append(.run(Script(line: line, text: script, program: program)))
                    mark = nil
                }
            case .block(let language, let text, let line):
                if mark == nil, runsEverything, language == "sh" { mark = .run(program: nil, script: nil) }
                add(text, language, line, mark)
                mark = nil
            case .other: mark = nil
            }
        }
    }

    static func text(of name: String) throws -> String {
        try String(contentsOf: repository.appending(path: "docs/\(name)"), encoding: .utf8)
    }

    /// The folder in which `docs` and `Tests` are.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The files that the page lets its reader save.
    var files: [(name: String, text: String)] {
        steps.compactMap { if case .file(let name, let text) = $0 { (name, text) } else { nil } }
    }

    private mutating func add(_ text: String, _ language: String, _ line: Int, _ mark: Mark?) {
        switch mark {
        case .file(let name): steps.append(.file(name: name, text: text))
        case .run(let program, _): steps.append(.run(Script(line: line, text: text, program: program)))
        case .prints:
            guard case .run(var script) = steps.last else { return unmarked.append(line) }
            script.output = text
            steps[steps.count - 1] = .run(script)
        case .notRun, .everything: break
        case nil: if Self.runnable.contains(language) { unmarked.append(line) }
        }
    }

    /// What a comment says of the block below it.
    private enum Mark {
        case file(String)
        case run(program: String?, script: String?)
        case prints, notRun, everything

        init?(_ comment: String) {
            let lines = comment.split(separator: "\n", maxSplits: 1).map(String.init)
            let head = lines.first.map(trimmed) ?? ""
            switch head {
            case "run": self = .run(program: nil, script: lines.dropFirst().first)
            case "prints": self = .prints
            case "every sh block runs": self = .everything
            case _ where head.hasPrefix("run with "):
                self = .run(program: trimmed(head.dropFirst("run with ".count)), script: lines.dropFirst().first)
            case _ where head.hasPrefix("file: "): self = .file(trimmed(head.dropFirst("file: ".count)))
            case _ where head.hasPrefix("not run: "): self = .notRun
            default: return nil
            }
        }
    }
}
