import ArgumentParser
import Engine
import Glibc

/// Turns arguments into a verb, runs it, and says how it ended.
///
/// Exit codes: 0; 1 with the failure on standard error; 64 wrong usage; 78 wrong settings (sysexits.h).
struct CommandLineTool {
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func run() async -> Never {
        if let number = RawArguments.firstMisencoded {
            report("The argument \(number) is not UTF-8. Send it in UTF-8; `locale charmap` shows yours.", code: 64)
        }
        HiddenPasswords.hide()
        do {
            var command = try ActionCompletion.$surroundings.withValue(surroundings) {
                try UsherCommand.parseAsRoot(surroundings.arguments)
            }
            guard let verb = command as? any Verb else {
                try command.run()
                exit(0)
            }
            try await verb.run(in: surroundings)
            exit(0)
        } catch let problems as SettingsProblems {
            report("\(problems)", code: 78)
        } catch let problems as RegistryProblems {
            report("\(problems)", code: 78)
        } catch let problems as ProblemList {
            report("\(problems)", code: problems.exitCode)
        } catch let problems as StartProblems {
            report("\(problems)", code: problems.exitCode)
        } catch let problems as TemplateFolderProblems {
            report("\(problems)", code: 78)
        } catch let failure as CommandFailure {
            report(FailureText(failure).text, code: 1)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch let error where UsherCommand.exitCode(for: error) != .failure {
            UsherCommand.exit(withError: error)
        } catch {
            report("\(error)", code: 1)
        }
    }

    private func report(_ text: String, code: Int32) -> Never {
        StandardError.show("usher: " + text)
        exit(code)
    }
}

/// A failure as somebody at a terminal reads it.
struct FailureText {
    let text: String

    init(_ failure: CommandFailure) {
        let fields = failure.fields
        guard fields.count > 1 else {
            text = "\(failure.code.rawValue): \(failure.detail)"
            return
        }
        let lines = fields.map { "\n  \($0.pointer): \($0.message)" }.joined()
        text = "\(failure.code.rawValue): \(fields.count) mistakes\(lines)"
    }
}

enum StandardError {
    static func show(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}
