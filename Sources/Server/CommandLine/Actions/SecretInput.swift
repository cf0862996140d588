import Glibc

/// Reads secrets that are not to stand on a command line, where `ps` and the shell's history have them.
enum SecretInput {
    struct Nothing: Error, CustomStringConvertible {
        let name: String

        var description: String { "`\(name)=-` reads a line of standard input, and there is none." }
    }

    /// The next line of standard input; at a terminal it is asked for, and not shown.
    static func line(for name: String) throws(Nothing) -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var settings = termios()
        if isTerminal {
            unsafe tcgetattr(STDIN_FILENO, &settings)
            var hidden = settings
            hidden.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
            show("\(name): ")
        }
        let line = readLine()
        if isTerminal {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            show("\n")
        }
        guard let line else { throw Nothing(name: name) }
        return line
    }

    private static func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}
