package import Storage

extension Outbox {
    /// The outbox's table.
    ///
    /// `due_at` is when a waiting mail may go, and for one that is being sent when its lease ends. `priority` repeats
    /// the class as a number for the index, which holds only what is not done with.
    ///
    /// Lists of states are written with `OR`: for an `IN` of three and more SQLite builds a table each time it checks.
    package static let migrations = [
        Migration(
            "2026-11-23-outbox",
            sqlite: [table(id: "INTEGER PRIMARY KEY AUTOINCREMENT", number: "INTEGER")] + indexes,
            postgres: [table(id: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", number: "BIGINT")] + indexes),
        // For lists of one state, the oldest that waits, and what a dead process left in the state `sending`.
        Migration(
            "2026-11-25-outbox-state",
            sqlite: ["CREATE INDEX outbox_state ON outbox (state, id)"],
            postgres: ["CREATE INDEX outbox_state ON outbox (state, id)"]),
    ]

    private static func table(id: String, number: String) -> String {
        """
        CREATE TABLE outbox (
            id \(id),
            message_id TEXT NOT NULL UNIQUE,
            template TEXT NOT NULL,
            address TEXT NOT NULL,
            name TEXT NOT NULL,
            locale TEXT NOT NULL,
            parameters TEXT NOT NULL,
            class TEXT NOT NULL CHECK (class = 'reset' OR class = 'invitation' OR class = 'notification'),
            priority \(number) NOT NULL,
            created_at \(number) NOT NULL,
            not_after \(number),
            dedupe_key TEXT UNIQUE,
            state TEXT NOT NULL
                CHECK (state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'failed' OR state = 'expired'),
            attempts \(number) NOT NULL,
            due_at \(number) NOT NULL,
            lease_node TEXT,
            lease_start TEXT,
            finished_at \(number),
            last_code \(number),
            last_text TEXT,
            CHECK ((state = 'sending') = (lease_start IS NOT NULL)),
            CHECK ((state = 'sent' OR state = 'failed' OR state = 'expired') = (finished_at IS NOT NULL))
        )
        """
    }

    private static let indexes = [
        "CREATE INDEX outbox_due ON outbox (priority, due_at, id) WHERE state IN ('waiting', 'sending')",
        "CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL",
    ]
}
