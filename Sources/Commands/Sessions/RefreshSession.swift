package import Cryptography
package import Engine
package import JSON
package import Storage

/// Confirms that a session still lives: rotates its refresh token, and gives a new access token.
///
/// User, role, status, licence and seat are read anew every time; nothing is copied from an older token.
package struct RefreshSession: Command {
    package static let action: Action = "refresh-token"
    package static let access: Access = .anyone

    package struct Input: Decodable, Sendable {
        let refreshToken: Secret?
        let deviceId: String?
    }

    /// A token that has the shape of ours; whether it is genuine shows when its session is read.
    package struct Prepared: Sendable {
        let claim: RefreshTokens.Claim
        let deviceID: String?
    }

    package struct Refreshed: Sendable {
        let claims: AccessTokens.Claims
        let generation: Int64
    }

    let accessTokens: AccessTokens
    let refreshTokens: RefreshTokens
    let rotation: RefreshRotation
    let seats: SeatPolicy
    let metrics: SessionMetrics

    package func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        let invalid = LimitUse(.invalidRefreshTokens, key: call.client.network)
        guard let claim = input.refreshToken.flatMap(refreshTokens.claim) else { return [invalid] }
        return [invalid, LimitUse(.refreshes, key: "\(claim.session)")]
    }

    package func prepare(_ input: Input, call: Call) async throws -> Prepared {
        let token = input.refreshToken ?? Secret("")
        guard let claim = refreshTokens.claim(token) else {
            throw CommandFailure.invalidToken(
                TokenKind.mismatch(
                    token.unredacted, wanted: TokenKind.refresh.name,
                    place: ", as `refreshToken` in the body or in the cookie"))
        }
        return Prepared(claim: claim, deviceID: input.deviceId)
    }

    package func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> Outcome<Refreshed> {
        switch try rotation.use(prepared.claim, device: prepared.deviceID, call: call, in: tx) {
        case .stolen:
            return .refused(.sessionRevoked)
        case .current(let held, let generation):
            guard held.holder.status == .active else { throw CommandFailure.sessionRevoked }
            let (seated, license) = try confirmSeat(
                of: held.session, on: held.license, at: call.now, in: tx)
            let claims = AccessTokens.Claims(held.holder, session: seated, license: license, issuedAt: call.now)
            return .done(Refreshed(claims: claims, generation: generation))
        }
    }

    /// Keeps the seat that the rotation has renewed, frees it when the licence has ended, or takes one if one is free.
    private func confirmSeat(of session: Session, on license: License?, at now: Timestamp, in tx: Transaction) throws
        -> (Session, License?)
    {
        if let license {
            if !license.hasEnded(at: now), session.isServed(by: license) { return (session, license) }
            if !session.isServed(by: license) {
                return try takeSeat(for: free(session, because: .noLicense, at: now, in: tx), at: now, in: tx)
            }
            return (try free(session, because: .licenseEnded, at: now, in: tx), nil)
        }
        return session.isLimitedByRequest ? (session, nil) : try takeSeat(for: session, at: now, in: tx)
    }

    private func free(_ session: Session, because reason: LimitedReason, at now: Timestamp, in tx: Transaction) throws
        -> Session
    {
        // The rotation holds the session's row: it sits where it was found.
        try seats.free(session, because: reason, at: now, in: tx).orUnexpected("sessions")
    }

    private func takeSeat(for session: Session, at now: Timestamp, in tx: Transaction) throws -> (Session, License?) {
        switch try seats.take(for: session, at: now, in: tx) {
        case .taken(let license, let seated): return (seated, license)
        case .none(_, let limited): return (limited, nil)
        }
    }

    package struct Answer: SessionTokens {
        let tokens: TokenAnswer

        package var refreshToken: Secret { tokens.refreshToken }
        package var cookieLifetime: Duration { tokens.cookieLifetime }

        package var members: JSONObject { tokens.members }
    }

    package func answer(_ output: Outcome<Refreshed>, call: Call) throws -> Answer {
        let refreshed = try output.get()
        metrics.noteRefresh(refreshed.claims.session, at: refreshed.claims.issuedAt)
        return Answer(
            tokens: try TokenAnswer(
                refreshed.claims, generation: refreshed.generation, accessTokens, refreshTokens))
    }
}
