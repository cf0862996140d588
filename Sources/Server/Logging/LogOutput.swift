import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where log lines go; in tests, into an array.
package struct LogOutput: Sendable {
    /// Takes one whole line with its line end; called from many threads.
    package let write: @Sendable (_ line: String) -> Void
    /// Whether people look at it as it comes, so that colours help.
    package let isTerminal: Bool

    package init(isTerminal: Bool = false, write: @escaping @Sendable (_ line: String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Standard error, so that standard output is left to what commands print.
    package static func standardError() -> LogOutput {
        descriptor(STDERR_FILENO)
    }

    /// A file that is open already, and stays open.
    static func descriptor(_ descriptor: Int32) -> LogOutput {
        let writer = LineWriter(descriptor)
        return LogOutput(isTerminal: isatty(descriptor) == 1) { writer.write($0) }
    }
}

/// Writes each line with one `write(2)`, one line after the other.
private final class LineWriter: Sendable {
    // Lines beyond PIPE_BUF could be torn apart by other threads' without it.
    private let descriptor: Mutex<Int32>

    init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    func write(_ line: String) {
        var rest = Array(line.utf8)[...]
        descriptor.withLock { descriptor in
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Somebody made the pipe non-blocking and its reader is slow: give it a second, then lose the line.
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    guard poll(&waiting, 1, 1000) == 1 else { return }
                } else if errno != EINTR {
                    // A log that cannot be written has nowhere to say so.
                    return
                }
            }
        }
    }
}

/// `write(2)`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
