import Synchronization

/// The registry in use. A reload replaces it whole; a command that has begun goes on as it was found.
final class CurrentRegistry: Sendable {
    private let current: Mutex<RegistryEdition>

    init(_ registry: Registry) {
        current = Mutex(RegistryEdition(number: 0, registry: registry))
    }

    var edition: RegistryEdition { current.withLock { $0 } }

    func replace(with registry: Registry) {
        current.withLock { $0 = RegistryEdition(number: $0.number + 1, registry: registry) }
    }
}

/// A registry, and how many were in use before it, for what is made of one and kept.
public struct RegistryEdition: Sendable {
    public let number: Int
    public let registry: Registry
}
