import Glibc

/// Has the server that runs on a data folder reload, and waits for what comes of it.
struct ReloadRequest {
    let folder: String
    /// After so many seconds without a word from the server, nobody waits any longer.
    private static let patience: Int64 = 30

    /// - Throws: ``CannotStart`` when there is no server, or when nobody knows what came of it.
    func send() async throws -> ReloadReport {
        guard let server = try ServeLock.holder(folder) else {
            throw CannotStart("No server runs on the data folder \(folder). It takes up the files when it starts.")
        }
        let (earlier, begin) = (ReloadReport(in: folder), MachineTime.now())
        guard kill(server, SIGHUP) == 0 else {
            throw CannotStart("The server (process \(server)) cannot be told: \(lastSystemError()).")
        }
        let end = begin + Self.patience * 1_000_000_000
        while MachineTime.now() < end {
            // One that had begun before may have read the files as they were then; ours follows.
            if let report = ReloadReport(in: folder), report != earlier, report.begun >= begin { return report }
            guard ServeLock.isHeld(folder) else {
                throw CannotStart("The server ended before it could say what came of the reload; see its log.")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw CannotStart(
            "The server (process \(server)) was told, and has not said within \(Self.patience) s what "
                + "came of it. Its log will.")
    }
}

/// The time since the machine's start, which all its processes see alike and nobody can set.
enum MachineTime {
    /// In nanoseconds.
    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
