import Dispatch

/// Lets a closure inside a transaction, which cannot await, wait for a test, and a test for it.
struct Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func send() {
        semaphore.signal()
    }

    func wait() {
        semaphore.wait()
    }

    func arrival() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
