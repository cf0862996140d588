import Glibc

/// Whether this process may have so many files open, after it has asked for it.
func canOpen(_ count: Int) -> Bool {
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(kind, &limit) == 0, limit.rlim_max >= count else { return false }
    limit.rlim_cur = limit.rlim_max
    return unsafe setrlimit(kind, &limit) == 0
}
