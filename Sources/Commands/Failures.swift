import Engine

extension CommandFailure {
    /// The session is over; only a new login helps.
    static var sessionRevoked: Self { Self(.sessionRevoked, "This session has ended. Log in again.") }

    /// One answer for a wrong password, an unknown address, an inactive user and one without a password.
    static var invalidCredentials: Self {
        Self(.invalidCredentials, "The address or the password is wrong, or the user cannot log in.")
    }
}

extension Optional {
    /// The value, or the failure when there is none.
    func orThrow(_ failure: @autoclosure () -> CommandFailure) throws -> Wrapped {
        guard let self else { throw failure() }
        return self
    }
}
