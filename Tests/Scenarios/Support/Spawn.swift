import Glibc

/// A process could not be started.
struct SpawnError: Error {
    let code: Int32
}

/// Starts a process by `posix_spawn`. Foundation's `Process` crashes now and then when several start at once.
struct Spawn {
    let executable: String
    let arguments: [String]
    /// `NAME=value` each.
    let environment: [String]
    let folder: String
    /// What standard input reads, and what output and errors are written to.
    let files: [String]

    /// - Returns: The process's id.
    func start() throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in files.enumerated() {
            let flags = descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND
            unsafe posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file, flags, 0)
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // Swift's threads block most signals, a child inherits that, and a server that never sees SIGTERM never stops.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        // posix_spawn as Swift sees it has no way to change the folder; env(1) has, and becomes the program.
        let code = unsafe Self.withCStrings(["env", "-C", folder, executable] + arguments) { arguments in
            unsafe Self.withCStrings(environment) { environment in
                unsafe posix_spawn(&id, "/usr/bin/env", &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SpawnError(code: code) }
        return id
    }

    /// Blocks until the process has ended: its exit status, or the signal that ended it.
    static func wait(for id: Int32) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : signal
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(pointers)
    }
}
