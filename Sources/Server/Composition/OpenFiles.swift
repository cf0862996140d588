import Glibc

/// How many files, sockets among them, this process may have open.
enum OpenFiles {
    /// What the database, the log and the like need, and the sockets of clients that are told that it is full.
    private static let reserve = 256

    /// Raises the limit as far as the system lets this user.
    ///
    /// - Returns: How many connections there is room for.
    static func makeRoomForConnections() -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard unsafe getrlimit(kind, &limit) == 0 else { return 1024 - reserve }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let files = unsafe setrlimit(kind, &limit) == 0 ? limit.rlim_max : soft
        return max(1, Int(clamping: files) - reserve)
    }
}
