import Glibc
import Synchronization

/// A TCP port of the loopback interface that nobody listens on at this moment, and that is given out only once.
///
/// It lies below those that the system gives to outgoing connections (32768 and up on Linux): one of those would be taken
/// now and then by a connection of another test before the server that shall listen there has started.
func freePort() throws -> Int {
    for _ in 0..<FreePorts.range.count {
        let port = FreePorts.next()
        if canListen(at: port) { return port }
    }
    throw ControlError(description: "no free port in \(FreePorts.range)")
}

private enum FreePorts {
    static let range = 12_000..<32_000

    /// Begins anywhere, so that two runs of the tests at the same time do not meet.
    private static let last = Mutex(Int.random(in: range))

    static func next() -> Int {
        last.withLock { port in
            port = port + 1 < range.upperBound ? port + 1 : range.lowerBound
            return port
        }
    }
}

private func canListen(at port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return unsafe withUnsafePointer(to: address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            unsafe bind(descriptor, generic, size) == 0
        }
    }
}
