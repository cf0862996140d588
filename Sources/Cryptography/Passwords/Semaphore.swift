import Glibc

/// A counter that threads wait on until it is above zero (POSIX `sem_t`); for threads of our own, never for tasks.
@safe
final class Semaphore: Sendable {
    private nonisolated(unsafe) let handle: UnsafeMutablePointer<sem_t>

    init() {
        unsafe handle = .allocate(capacity: 1)
        unsafe sem_init(handle, 0, 0)
    }

    deinit {
        unsafe sem_destroy(handle)
        unsafe handle.deallocate()
    }

    func signal() {
        unsafe sem_post(handle)
    }

    func wait() {
        // A signal handler can end the wait early.
        while unsafe sem_wait(handle) != 0 {}
    }
}
