import Glibc

/// What Linux tells of this process (proc(5), getrusage(2)).
enum ProcessStatus {
    /// In bytes.
    static var memory: (virtual: Int, resident: Int)? {
        let pages = words(of: "/proc/self/statm").prefix(2).compactMap { Int($0) }
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        return pages.count == 2 ? (pages[0] * pageSize, pages[1] * pageSize) : nil
    }

    /// Of all threads, in the process and in the system on its behalf.
    static var cpuTime: Duration {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return .zero }
        return [usage.ru_utime, usage.ru_stime].reduce(.zero) {
            $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec)
        }
    }

    /// How many descriptors are open.
    static var openFiles: Int? {
        guard let folder = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the folder that is being read.
        return count - 3
    }

    /// Infinite where there is no limit.
    static var maximumFiles: Double? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return limit.rlim_cur == rlim_t.max ? .infinity : Double(limit.rlim_cur)
    }

    /// In seconds since 1970.
    static var startTime: Double? {
        // Field 22; the second, the program's name in parentheses, may have spaces in it.
        let fields = text(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
        let sinceBoot = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        return seconds(of: CLOCK_REALTIME) - seconds(of: CLOCK_BOOTTIME) + sinceBoot
    }

    private static func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func words(of path: String) -> [Substring] { text(of: path).split(separator: " ") }

    /// The first 4 KiB of a file that says 0 of its size; empty when it cannot be read.
    static func text(of path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
