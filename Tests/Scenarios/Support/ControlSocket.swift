import Glibc

/// The control socket did not do what it should.
struct ControlError: Error, CustomStringConvertible {
    let description: String
}

/// The lab's control socket: one line asks, one line answers.
struct ControlSocket: Sendable {
    let path: String

    /// Moves the server's clock forward.
    ///
    /// - Returns: The server's time afterwards, in milliseconds since 1970.
    func advance(by span: Duration) async throws -> Int64 {
        try await time(afterAsking: "advance \(span.components.seconds * 1000)")
    }

    /// Sets the clock of the machine, without any time passing; back, if negative.
    ///
    /// - Returns: The server's time afterwards, in milliseconds since 1970.
    @discardableResult
    func setWall(by span: Duration) async throws -> Int64 {
        try await time(afterAsking: "wall \(span.components.seconds * 1000)")
    }

    /// The server's time in milliseconds since 1970.
    func now() async throws -> Int64 {
        try await time(afterAsking: "now")
    }

    private func time(afterAsking line: String) async throws -> Int64 {
        let answer = try await onOwnThread { try exchange(line) }
        guard answer.hasPrefix("now "), let time = Int64(answer.dropFirst(4)) else {
            throw ControlError(description: "`\(line)` was answered with `\(answer)`")
        }
        return time
    }

    private func exchange(_ line: String) throws -> String {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard connect(descriptor) else { throw ControlError(description: "\(path): errno \(errno)") }
        let question = Array((line + "\n").utf8)
        guard unsafe write(descriptor, question, question.count) == question.count else {
            throw ControlError(description: "\(path) takes no line: errno \(errno)")
        }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") { answer.append(byte) }
        return trimmed(String(decoding: answer, as: UTF8.self))
    }

    private func connect(_ descriptor: Int32) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.connect(descriptor, generic, size) == 0
            }
        }
    }
}
