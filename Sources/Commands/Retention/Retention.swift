/// For how long records are kept that nothing needs any more.
package struct Retention: Sendable, Equatable {
    /// Rows of the audit, from when they were written.
    package let audit: Duration
    /// Sessions and password links, from their end.
    package let sessions: Duration

    package init(audit: Duration, sessions: Duration) {
        self.audit = audit
        self.sessions = sessions
    }
}
