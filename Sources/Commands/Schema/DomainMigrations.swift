package import Storage

/// The tables of users, licences, sessions, webhook tokens, links and keys.
///
/// Rules that matter stand here: two holders of one seat cannot be stored, nor two users of one address.
package enum DomainMigrations {
    package static let all = [
        Migration("2026-11-23-domain", tables),
        Migration("2026-11-25-user-locale") { types in ["ALTER TABLE users ADD COLUMN locale \(types.text)"] },
        Migration("2026-11-28-long-tables") { _ in longTableIndexes },
        Migration("2026-11-28-pruned-licenses") { _ in prunedLicenses },
        Migration("2026-11-28-latest-time") { _ in latestTime },
    ]

    private static let latestTime = [
        "CREATE TABLE latest_time (at BIGINT NOT NULL)",
        "INSERT INTO latest_time (at) VALUES (0)",
    ]

    /// For what is deleted by its age, and for the few administrators among many users.
    private static let longTableIndexes = [
        "CREATE INDEX sessions_by_end ON sessions (ended_at) WHERE ended_at IS NOT NULL",
        "CREATE INDEX password_links_spent ON password_links (spent_at) WHERE spent_at IS NOT NULL",
        "CREATE INDEX password_links_unspent_by_expiry ON password_links (expires_at) WHERE spent_at IS NULL",
        "CREATE INDEX users_administrators ON users (role, status) WHERE role = 'ADMIN'",
    ]

    /// In place of an index of all that ever ended, one of those with which `prune-sessions` is not done.
    private static let prunedLicenses = [
        "ALTER TABLE licenses ADD COLUMN pruned_at BIGINT",
        "DROP INDEX licenses_by_end",
        """
        CREATE INDEX licenses_unpruned_by_end ON licenses (valid_until)
        WHERE valid_until IS NOT NULL AND pruned_at IS NULL
        """,
    ]

    private static func tables(_ types: ColumnTypes) -> [String] {
        [users(types), licenses(types)] + sessions(types) + webhooks(types) + links(types) + keys(types)
            + guards(types)
    }

    private static func users(_ types: ColumnTypes) -> String {
        """
        CREATE TABLE users (
            id \(types.id),
            email \(types.text) NOT NULL,
            email_key \(types.text) NOT NULL UNIQUE,
            name \(types.text) NOT NULL,
            role \(types.text) NOT NULL CHECK (role = 'ADMIN' OR role = 'OWNER' OR role = 'MANAGER'),
            status \(types.text) NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
            external_ref \(types.text) UNIQUE,
            password_hash \(types.text),
            version BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL
        )
        """
    }

    private static func licenses(_ types: ColumnTypes) -> String {
        """
        CREATE TABLE licenses (
            id \(types.id),
            user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            product_id \(types.text) NOT NULL,
            seats BIGINT NOT NULL CHECK (seats >= 1),
            valid_until BIGINT,
            external_ref \(types.text) UNIQUE,
            version BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL
        )
        """
    }

    private static func sessions(_ types: ColumnTypes) -> [String] {
        [
            """
            CREATE TABLE sessions (
                id \(types.id),
                user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                product_id \(types.text),
                device_id \(types.text),
                user_agent \(types.text),
                host \(types.text),
                country \(types.text),
                city \(types.text),
                region \(types.text),
                license_id BIGINT REFERENCES licenses (id) ON DELETE SET NULL,
                seat_no BIGINT CHECK (seat_no >= 1),
                seat_until BIGINT,
                seated_at BIGINT,
                limited_reason \(types.text)
                    CHECK (limited_reason = 'requested' OR limited_reason = 'no-license'
                        OR limited_reason = 'license-ended' OR limited_reason = 'no-free-seat'),
                nonce \(types.bytes) NOT NULL,
                generation BIGINT NOT NULL,
                previous_generation BIGINT NOT NULL,
                rotated_at BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                last_used_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                ended_at BIGINT,
                end_reason \(types.text),
                UNIQUE (license_id, seat_no),
                CHECK (ended_at IS NULL OR seat_no IS NULL)
            )
            """,
            "CREATE INDEX sessions_live_by_user ON sessions (user_id, id) WHERE ended_at IS NULL",
            "CREATE INDEX sessions_live_by_expiry ON sessions (expires_at) WHERE ended_at IS NULL",
            "CREATE INDEX licenses_by_user ON licenses (user_id, id)",
            "CREATE INDEX licenses_by_end ON licenses (valid_until) WHERE valid_until IS NOT NULL",
            // Deleting a user cascades here; without this index that would read the whole table.
            "CREATE INDEX sessions_by_user ON sessions (user_id)",
        ]
    }

    private static func webhooks(_ types: ColumnTypes) -> [String] {
        [
            """
            CREATE TABLE webhooks (
                id \(types.id),
                user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name \(types.text) NOT NULL,
                token_hash \(types.bytes) NOT NULL UNIQUE,
                actions \(types.text),
                expires_at BIGINT,
                last_used_at BIGINT,
                revoked_at BIGINT,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX webhooks_by_user ON webhooks (user_id, id)",
        ]
    }

    private static func links(_ types: ColumnTypes) -> [String] {
        [
            """
            CREATE TABLE password_links (
                id \(types.id),
                user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                purpose \(types.text) NOT NULL CHECK (purpose IN ('set-password', 'reset-password')),
                nonce \(types.bytes) NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                spent_at BIGINT
            )
            """,
            "CREATE INDEX password_links_live_by_user ON password_links (user_id, id) WHERE spent_at IS NULL",
            "CREATE INDEX password_links_by_user ON password_links (user_id)",
        ]
    }

    private static func keys(_ types: ColumnTypes) -> [String] {
        [
            """
            CREATE TABLE keys (
                id \(types.id),
                purpose \(types.text) NOT NULL CHECK (purpose IN ('access-token', 'secret')),
                kid \(types.text) NOT NULL UNIQUE,
                sealed \(types.bytes) NOT NULL,
                created_at BIGINT NOT NULL
            )
            """
        ]
    }

    private static func guards(_ types: ColumnTypes) -> [String] {
        [
            "CREATE TABLE guards (name \(types.text) PRIMARY KEY, version BIGINT NOT NULL DEFAULT 0)",
            "INSERT INTO guards (name) VALUES ('admins'), ('reset'), ('keys')",
        ]
    }
}
