import Glibc

enum StandardInput {
    /// Everything that a pipe or a terminal sends, byte for byte, until its end.
    static func bytes() -> [UInt8] { SystemFiles.bytes(of: STDIN_FILENO) ?? [] }
}
