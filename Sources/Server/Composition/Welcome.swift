import Commands
import Glibc
import Logging
import Storage

/// What the terminal shows when the server runs: where it is, and what to do next on a first start.
struct Welcome: Sendable {
    let installation: Installation
    let surroundings: Surroundings

    func show() async {
        let settings = installation.settings
        var place: Logger.Metadata = ["url": "\(settings.web.publicURL)", "data": "\(settings.storage.folder)"]
        if case .postgres(let address) = settings.storage.database {
            place["database"] = "\(address)"
            place["node"] = "\(installation.node)"
        }
        installation.logger.info("ready", metadata: place)
        if !settings.web.hasRateLimits {
            installation.logger.warning(
                "rate limits are off: nothing keeps anybody from guessing passwords; unset USHER_RATE_LIMITS for real use"
            )
        }
        if case .folder(let path) = settings.mail.transport {
            installation.logger.info("no SMTP server is set: each mail becomes a file", metadata: ["folder": "\(path)"])
        }
        guard await hasNoAdministrator() else { return }
        print(
            """

            Usher is ready at \(settings.web.publicURL). Next, make the first administrator; this prints a link:

              \(program) create-admin you@example.com "Your Name"\(flags)

            """)
        // Into a pipe too at once: nil stands for all streams.
        fflush(nil)
    }

    private func hasNoAdministrator() async -> Bool {
        (try? await installation.database.read(User.hasAdministrator)) == false
    }

    /// How this program is called from here, so that the line works when it is pasted.
    private var program: String {
        unsafe access("script/usher", X_OK) == 0 ? "script/usher" : Shell.quoted(surroundings.program)
    }

    /// The flags of this start that another verb needs to find the same data.
    private var flags: String {
        let arguments = surroundings.arguments
        return ["--data", "--config", "--port"].compactMap { flag in
            if let inline = arguments.first(where: { $0.hasPrefix(flag + "=") }) { return " " + Shell.quoted(inline) }
            guard let index = arguments.firstIndex(of: flag), index + 1 < arguments.count else { return nil }
            return " \(flag) \(Shell.quoted(arguments[index + 1]))"
        }.joined()
    }
}

/// Words for a POSIX shell.
enum Shell {
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                || "-_./=@:+,".utf8.contains(byte)
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
