import Dispatch

/// Lets a closure inside a transaction, which cannot await, wait for a test, and a test for it.
package struct Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    package init() {}

    package func send() {
        semaphore.signal()
    }

    package func wait() {
        semaphore.wait()
    }

    package func arrival() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
