import Glibc

/// A thread that hashes passwords, nicer than those that answer requests: under load logins get slower, not everything.
enum HashingThread {
    static let niceness: Int32 = 10

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that ends with `body`. Stops the process if it cannot: this is done once, at launch.
    static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                // On Linux this sets the one thread that calls, not the process (setpriority(2), "Bugs").
                setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, HashingThread.niceness)
                unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            argument
        )
        precondition(result == 0, "The system gives no thread for hashing passwords.")
        pthread_detach(thread)
    }
}
