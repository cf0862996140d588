package import Metrics

/// Makes and checks stored passwords on a few threads of its own, and refuses when too many wait.
///
/// A password costs tens of milliseconds of a whole core. On the threads that serve requests, a few logins would stop
/// everything; without a bound, logins would be the way to take the server down.
package final class PasswordHasher: Sendable {
    /// Too many passwords wait already. Whoever asked should come back in a second or more.
    package struct Overloaded: Error {}

    /// The hasher was shut down before this password's turn came.
    package struct Closed: Error {}

    /// The work itself; tests put in their own to count it.
    typealias Derive =
        @Sendable (PasswordParameters, _ password: [UInt8], _ salt: [UInt8], _ length: Int) throws -> [UInt8]

    private let parameters: PasswordParameters
    private let random: any RandomSource
    private let derive: Derive
    let pool: HashingPool

    /// - Parameters:
    ///   - parameters: what new passwords are stored with.
    ///   - random: where the salts come from.
    ///   - threads: how many passwords are worked on at once; nil for one per core.
    ///   - queueLimit: how many more may wait.
    ///   - metrics: where hashes and refusals are counted.
    package convenience init(
        parameters: PasswordParameters = .recommended,
        random: some RandomSource = SystemRandom(),
        threads: Int? = nil,
        queueLimit: Int = 64,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) {
        let threads = threads ?? HashingPool.coreCount
        self.init(
            parameters: parameters, random: random, threads: threads, queueLimit: queueLimit, metrics: metrics
        ) {
            try $0.derive($1, salt: $2, length: $3)
        }
    }

    init(
        parameters: PasswordParameters,
        random: some RandomSource,
        threads: Int,
        queueLimit: Int,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        derive: @escaping Derive
    ) {
        self.parameters = parameters
        self.random = random
        self.derive = derive
        pool = HashingPool(threads: threads, queueLimit: queueLimit, metrics: HashingMetrics(metrics))
    }

    /// Makes the string to store for a password.
    ///
    /// - Throws: ``Overloaded``, ``Closed``, `CancellationError` if cancelled before its turn came.
    package func hash(_ password: Secret) async throws -> String {
        let (parameters, random, derive) = (parameters, random, derive)
        return try await pool.run {
            let salt = random.bytes(PasswordHash.saltSize)
            let key = try derive(parameters, password.passwordBytes, salt, PasswordHash.keySize)
            return PHCString(parameters: parameters, salt: salt, key: key).description
        }
    }

    /// Says whether `password` is the one that `phc` was made of; `nil` is for a user who does not exist or has none.
    ///
    /// Does the work of one full check in every case, for else the time would tell who has an account.
    ///
    /// - Throws: ``Overloaded``, ``Closed``, `CancellationError` if cancelled before its turn came, and the errors of
    ///   ``PasswordHash/verify(_:against:)``.
    package func verify(_ password: Secret, against phc: String?) async throws -> Bool {
        let (parameters, derive) = (parameters, derive)
        return try await pool.run {
            let stored = Result { try phc.map(PHCString.init(_:)) }
            let dummy = PHCString(
                parameters: parameters,
                salt: [UInt8](repeating: 0, count: PasswordHash.saltSize),
                key: [UInt8](repeating: 0, count: PasswordHash.keySize)
            )
            let expected = (try? stored.get()) ?? dummy
            let key = try derive(expected.parameters, password.passwordBytes, expected.salt, expected.key.count)
            let matches = constantTimeEquals(key, expected.key)
            return try stored.get() != nil && matches
        }
    }

    /// Says whether a stored string should be made anew at the next login, for the parameters have changed.
    package func needsRehash(_ phc: String) -> Bool {
        PasswordHash.needsRehash(phc, parameters: parameters)
    }

    /// How many passwords wait for a thread now; for metrics.
    package var waitingCount: Int { pool.waitingCount }

    /// How many passwords are being worked on now; for metrics.
    package var runningCount: Int { pool.queue.runningCount }

    /// Refuses everything that waits and all that comes; what is being worked on still gets its answer.
    package func shutdown() {
        pool.shutdown()
    }
}
