package import Cryptography
package import Engine
package import JSON
package import Storage

/// Logs a user in: checks the password, makes a session, and takes a seat if one is free.
package struct Login: Command {
    package static let action: Action = "login"
    package static let access: Access = .anyone

    package struct Input: Decodable, Sendable {
        let email: EmailAddress
        let password: Secret
        let productId: ProductID?
        let deviceId: String?
        let limited: Flag?
        /// Seconds after which the session ends, when that is sooner than usual.
        let expiresIn: Count?
        /// The device's refresh token, if it has one: the session that it belongs to is replaced.
        let refreshToken: Secret?
    }

    /// The input, and what the password came to before the transaction.
    package struct Prepared: Sendable {
        let input: Input
        /// The user whose password is right.
        let user: User.ID?
        /// The hash that was checked. When it has changed since, the login fails.
        let checkedHash: String?
        /// A hash by the current algorithm, to be stored in place of an older one.
        let upgradedHash: String?
    }

    package struct LoggedIn: Sendable {
        let claims: AccessTokens.Claims
        let remaining: Int
        let user: UserView
    }

    let database: any Database
    let hasher: PasswordHasher
    let random: any RandomSource
    let accessTokens: AccessTokens
    let refreshTokens: RefreshTokens
    let seats: SeatPolicy
    let lifetime: Duration
    let metrics: SessionMetrics

    package func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        [
            LimitUse(.failedLogins, key: call.client.network), LimitUse(.logins, key: call.client.network),
            LimitUse(
                .loginFailuresInARow, key: input.email.key, companions: try await devices(input, call)),
        ]
    }

    /// What tells the owner of the address from somebody who guesses: a session's token, or where the last login came from.
    ///
    /// The work depends on the token alone, not on whether somebody has the address.
    private func devices(_ input: Input, _ call: Call) async throws -> [LimitUse.Companion] {
        let network = LimitUse.Companion(call.client.network)
        let places = (input.deviceId.map { [.init("\($0) at \(network.name)")] } ?? []) + [network]
        guard let claim = input.refreshToken.flatMap(refreshTokens.claim) else { return places }
        let isOwn = try await database.read { tx in
            guard let session = try Session.find(claim.session, in: tx), session.isLive(at: call.now),
                refreshTokens.isGenuine(claim, for: session)
            else { return false }
            return try User.find(session.userID, in: tx)?.email == input.email
        }
        return (isOwn ? [.session(claim.session)] : []) + places
    }

    /// Exactly one verification, whether or not the address is known: the time tells nothing.
    package func prepare(_ input: Input, call: Call) async throws -> Prepared {
        let user = try await database.read { tx in try User.find(input.email, in: tx) }
        let isRight = try await hasher.check(input.password, against: user?.passwordHash)
        guard let user, let hash = user.passwordHash, isRight else {
            return Prepared(input: input, user: nil, checkedHash: nil, upgradedHash: nil)
        }
        let upgraded = try hasher.needsRehash(hash) ? await hasher.makeHash(input.password) : nil
        return Prepared(input: input, user: user.id, checkedHash: hash, upgradedHash: upgraded)
    }

    package func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> LoggedIn {
        let input = prepared.input
        guard let id = prepared.user, var user = try User.lock(id, in: tx), user.status == .active,
            user.passwordHash == prepared.checkedHash
        else { throw CommandFailure.invalidCredentials }
        if let hash = prepared.upgradedHash { try user.upgradeHash(to: hash, in: tx) }
        try Session.endSurplus(of: user.id, at: call.now, in: tx)
        let replaced = try endReplaced(by: input, of: user.id, at: call.now, in: tx)
        var session = try NewSession(
            user: user.id, product: input.productId, device: input.deviceId, client: call.client,
            nonce: random.bytes(16), lifetime: input.expiresIn.map { min(.seconds($0.value), lifetime) } ?? lifetime
        ).insert(at: call.now, in: tx)
        var license: License?
        if input.limited?.value == true {
            session = try seats.free(session, because: .requested, at: call.now, in: tx).orUnexpected("sessions")
        } else {
            switch try seats.take(for: session, preferring: replaced, at: call.now, in: tx) {
            case .taken(let taken, let seated): (license, session) = (taken, seated)
            case .none(_, let limited): session = limited
            }
        }
        return LoggedIn(
            claims: AccessTokens.Claims(.init(user), session: session, license: license, issuedAt: call.now),
            remaining: try seats.remaining(of: user.id, for: input.productId, at: call.now, in: tx),
            user: try UserView(user, at: call.now, in: tx))
    }

    /// Ends the sessions that this login replaces.
    ///
    /// A refresh holds its session and may wait for licences, so a session without a seat ends before any licence is held.
    /// Whoever holds a licence may wait for a session on it, so the others end after all that this login may want are held,
    /// in order of their ids.
    ///
    /// - Returns: The licence on which one of them sat, so that the seat can be kept.
    private func endReplaced(by input: Input, of user: User.ID, at now: Timestamp, in tx: Transaction) throws
        -> License.ID?
    {
        let replaced = try replaced(by: input, of: user, at: now, in: tx)
        try Session.endAll(replaced.filter { $0.seat == nil }, reason: .replaced, at: now, in: tx)
        let seated = replaced.filter { $0.seat != nil }
        let given = seated.compactMap(\.seat?.licenseID)
        guard let preferred = given.first else { return nil }
        let wanted = try License.current(of: user, for: input.productId, at: now, in: tx)
        _ = try License.lock(Set(given + wanted).sorted(), in: tx)
        try Session.endAll(seated, reason: .replaced, at: now, in: tx)
        return preferred
    }

    /// The session of the device, and that of the refresh token sent along.
    private func replaced(by input: Input, of user: User.ID, at now: Timestamp, in tx: Transaction) throws -> [Session]
    {
        var replaced: [Session] = []
        if let device = input.deviceId {
            replaced +=
                try Session.live(of: user, device: device, product: input.productId, at: now, in: tx).map { [$0] } ?? []
        }
        if let claim = input.refreshToken.flatMap(refreshTokens.claim),
            let session = try Session.find(claim.session, in: tx), session.userID == user, session.isLive(at: now),
            refreshTokens.isGenuine(claim, for: session), !replaced.contains(where: { $0.id == session.id })
        {
            replaced.append(session)
        }
        return replaced
    }

    package struct Answer: SessionTokens {
        let tokens: TokenAnswer
        let remainingLicenses: Int
        let session: SessionView
        let user: UserView

        package var refreshToken: Secret { tokens.refreshToken }
        package var cookieLifetime: Duration { tokens.cookieLifetime }

        package var members: JSONObject {
            get throws {
                var members = tokens.members
                members["remainingLicenses"] = .integer(remainingLicenses)
                members["session"] = try JSONValue(encoding: session)
                members["user"] = try JSONValue(encoding: user)
                return members
            }
        }
    }

    package func answer(_ output: LoggedIn, call: Call) throws -> Answer {
        let (claims, session) = (output.claims, output.claims.session)
        metrics.noteLogin(session)
        return Answer(
            tokens: try TokenAnswer(claims, generation: session.generation, accessTokens, refreshTokens),
            remainingLicenses: output.remaining,
            session: SessionView(session, product: claims.productID, at: claims.issuedAt), user: output.user)
    }
}
