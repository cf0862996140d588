import Glibc
import Synchronization

/// How far something is that takes a while: a line of standard error that is written over, and nothing where that is no
/// terminal.
final class ProgressLine: Sendable {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let shown = Mutex("")

    @Sendable
    func show(_ text: String) {
        guard isShown else { return }
        shown.withLock { shown in
            guard text != shown else { return }
            shown = text
            let bytes = Array("\r\u{1B}[K\(text)".utf8)
            _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
        }
    }

    /// Takes the line away, so that what comes next begins one.
    func end() { show("") }
}
