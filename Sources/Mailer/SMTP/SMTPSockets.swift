import CCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The sockets that libcurl has open, so that another thread can end whatever it waits for.
///
/// libcurl asks ``SMTPTransfer/progress`` about once a second, and not at all while it waits for the answer to QUIT, up to
/// two minutes. A socket that is shut down ends both at once.
final class SMTPSockets: Sendable {
    /// The context, the socket, and what it is for.
    typealias OpenCallback = @convention(c) (UnsafeMutableRawPointer?, curl_socket_t, curlsocktype) -> Int32
    typealias CloseCallback = @convention(c) (UnsafeMutableRawPointer?, curl_socket_t) -> Int32

    private let state = Mutex<(sockets: Set<curl_socket_t>, isShutDown: Bool)>(([], false))

    /// CURLOPT_SOCKOPTFUNCTION: a socket was made.
    static let opened: OpenCallback = { context, socket, _ in
        guard let context = unsafe context else { return Int32(CURL_SOCKOPT_ERROR) }
        return unsafe Unmanaged<SMTPSockets>.fromOpaque(context).takeUnretainedValue().add(socket)
            ? Int32(CURL_SOCKOPT_OK) : Int32(CURL_SOCKOPT_ERROR)
    }

    /// CURLOPT_CLOSESOCKETFUNCTION: closes the socket, in libcurl's place.
    static let closing: CloseCallback = { context, socket in
        guard let context = unsafe context else { return close(socket) }
        return unsafe Unmanaged<SMTPSockets>.fromOpaque(context).takeUnretainedValue().remove(socket)
    }

    /// Ends every connection, and refuses new ones.
    func shutDown() {
        state.withLock { state in
            state.isShutDown = true
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    private func add(_ socket: curl_socket_t) -> Bool {
        state.withLock { state in
            if !state.isShutDown { state.sockets.insert(socket) }
            return !state.isShutDown
        }
    }

    /// In the lock: once closed, the number may be another file's, which must not be shut down for it.
    private func remove(_ socket: curl_socket_t) -> Int32 {
        state.withLock { state in
            state.sockets.remove(socket)
            return close(socket)
        }
    }
}
