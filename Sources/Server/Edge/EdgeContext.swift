import Hummingbird
import NIOCore

/// What Hummingbird knows of a request's connection.
struct EdgeContext: InitializableFromSource {
    /// The address at the other end of the socket, as text.
    let peer: String?

    init(source: ApplicationRequestContextSource) {
        peer = source.channel.remoteAddress?.ipAddress
    }
}

extension EdgeContext {
    init(peer: String?) {
        self.peer = peer
    }
}
