import Commands
import Cryptography
import JSON
import Storage
import Synchronization
import TestSupport
import Testing

struct KeyRingTests {
    private let random = SystemRandom()

    private func masterKey() throws -> MasterKey { try MasterKey(SecretBytes(random.bytes(32))) }

    private func open(_ world: World, _ key: MasterKey) async throws -> KeyRing {
        try await KeyRing.open(world.database, masterKey: key, clock: world.clock.clock, random: random)
    }

    /// Another process of the same installation makes new keys, as it does for those that are missing.
    private func changeKeys(_ world: World, _ key: MasterKey) async throws -> KeyRing {
        try await world.database.write { tx in _ = try tx.execute("DELETE FROM keys") }
        return try await open(world, key)
    }

    @Test func keysThatAnotherProcessChangedAreTakenUp() async throws {
        let (world, key) = (try await World.make(), try masterKey())
        let ours = try await changeKeys(world, key)
        #expect(try await !ours.renew(from: world.database))
        let theirs = try await changeKeys(world, key)
        #expect(ours.jwks != theirs.jwks)
        #expect(try await ours.renew(from: world.database))
        #expect(ours.jwks == theirs.jwks)
        #expect(try ours.key(for: "form-token").unredacted == theirs.key(for: "form-token").unredacted)
    }

    @Test func changedKeysOfAnotherMasterKeyLeaveTheKnownOnesInUse() async throws {
        let world = try await World.make()
        let ours = try await changeKeys(world, masterKey())
        let known = ours.jwks
        _ = try await changeKeys(world, masterKey())
        await #expect(throws: KeyRingError.wrongMasterKey) { _ = try await ours.renew(from: world.database) }
        #expect(ours.jwks == known)
    }

    @Test func ofManyStartsAtOnceOneAloneMakesAMasterKey() async throws {
        let world = try await World.make()
        try await world.database.write { tx in _ = try tx.execute("DELETE FROM keys") }
        let first = FirstKey()
        let (database, clock) = (world.database, world.clock.clock)
        let rings = try await withThrowingTaskGroup(of: KeyRing.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await KeyRing.open(database, clock: clock, random: SystemRandom()) { try first.key(isNew: $0) }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(rings.map { $0.jwks.text }).count == 1)
    }
}

/// The master key of an installation: made by the first who asks, and used by the others.
private final class FirstKey: Sendable {
    private let made = Mutex<MasterKey?>(nil)

    func key(isNew: Bool) throws -> MasterKey {
        let new = try MasterKey(SecretBytes(SystemRandom().bytes(32)))
        return made.withLock { made in
            #expect(isNew == (made == nil))
            let key = made ?? new
            made = key
            return key
        }
    }
}
