import Glibc
import Storage
import Synchronization

/// Takes orders about the clock on a Unix socket, one connection after the other, on a thread of its own.
struct ControlSocket: Sendable {
    let path: String
    let machine: MachineClock
    let clock: Clock

    func listen() {
        unsafe unlink(path)
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8CString)
        precondition(name.count <= MemoryLayout.size(ofValue: address.sun_path), "LAB_CONTROL is too long")
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
            unsafe name.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(server, $0, size) == 0 }
        }
        precondition(isBound && Glibc.listen(server, 8) == 0, "LAB_CONTROL cannot be listened on")
        Thread.detach { serve(server) }
    }

    private func serve(_ server: Int32) {
        while true {
            let connection = accept(server, nil, nil)
            guard connection >= 0, let stream = unsafe fdopen(connection, "r+") else { continue }
            var line = [CChar](repeating: 0, count: 256)
            while unsafe fgets(&line, 256, stream) != nil {
                let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                obey(text.split(whereSeparator: \.isWhitespace))
                unsafe fputs("now \(clock.now().milliseconds)\n", stream)
                unsafe fflush(stream)
            }
            unsafe fclose(stream)
        }
    }

    private func obey(_ words: [Substring]) {
        guard let span = words.last.flatMap({ Int64($0) }) else { return }
        switch words.first {
        case "advance": machine.advance(by: .milliseconds(span))
        case "wall": machine.setWall(by: .milliseconds(span))
        default: break
        }
    }
}

/// A thread that is never joined.
private enum Thread {
    static func detach(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
        unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, box)
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
