import Glibc

/// Where the server listens, tried before anything is made, and explained when it fails.
struct ListenPlace {
    let host: String
    let port: Int

    /// Takes the port and lets go of it.
    ///
    /// - Throws: ``CannotStart`` when it cannot be had.
    func attempt() throws(CannotStart) {
        var (hints, found) = (addrinfo(), UnsafeMutablePointer<addrinfo>?.none)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let address = unsafe found else {
            throw unknownHost
        }
        defer { unsafe freeaddrinfo(address) }
        let file = unsafe socket(address.pointee.ai_family, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw refused(errno) }
        defer { close(file) }
        // As the server itself does: what is left of old connections is no hindrance.
        var on: Int32 = 1
        unsafe setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe bind(file, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 else { throw refused(errno) }
    }

    var unknownHost: CannotStart {
        CannotStart(
            "\(host) is no address of this machine. Set --host or USHER_HOST to one, such as 127.0.0.1 or 0.0.0.0.")
    }

    /// What the system's refusal means.
    func refused(_ code: Int32) -> CannotStart {
        switch code {
        case EADDRINUSE:
            CannotStart(
                "Port \(port) of \(host) is taken. Stop the program that uses it, or choose another with --port.")
        case EADDRNOTAVAIL: unknownHost
        case EACCES:
            CannotStart(
                "Port \(port) of \(host) may not be used by this system user: ports below 1024 are root's. "
                    + "Choose another with --port, and let a reverse proxy have that one.")
        default:
            CannotStart(
                "\(host), port \(port), cannot be listened on: \(unsafe String(cString: strerror(code))). "
                    + "Choose others with --host and --port.")
        }
    }
}
