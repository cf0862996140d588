import Cryptography
import Engine

extension PasswordHasher {
    /// A PHC string of the password; `UNAVAILABLE` when the queue is full.
    func makeHash(_ password: Secret) async throws -> String {
        try await unlessOverloaded { try await hash(password) }
    }

    /// Whether the password is right; always one full verification, also for nobody's hash.
    func check(_ password: Secret, against hash: String?) async throws -> Bool {
        // Longer ones cannot have been set; refusing them here keeps a megabyte from being hashed.
        let isPossible = password.unredacted.utf8.count <= PasswordPolicy.maximumBytes
        return try await unlessOverloaded {
            try await verify(isPossible ? password : Secret(""), against: isPossible ? hash : nil)
        }
    }

    private func unlessOverloaded<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as Overloaded {
            throw CommandFailure.unavailable("Too many people log in at once. Try again in a moment.", cause: error)
        } catch let error as Closed {
            throw CommandFailure.unavailable("The server is stopping. Try again in a moment.", cause: error)
        }
    }
}
