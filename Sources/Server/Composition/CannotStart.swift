import Glibc

/// Why the server, or a verb of the command line, cannot begin; the sentence says how to mend it.
struct CannotStart: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the last failed call of the system was about, such as "Permission denied".
func lastSystemError() -> String { unsafe String(cString: strerror(errno)) }
