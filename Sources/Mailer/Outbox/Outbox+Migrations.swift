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
            sqlite: [table(.sqlite, number: "INTEGER")] + indexes,
            postgres: [table(.postgres, number: "BIGINT")] + indexes),
        // For lists of one state, the oldest that waits, and what a dead process left in the state `sending`.
        Migration("2026-11-25-outbox-state") { _ in ["CREATE INDEX outbox_state ON outbox (state, id)"] },
    ]

    private static func table(_ types: ColumnTypes, number: String) -> String {
        """
        CREATE TABLE outbox (
            id \(types.id),
            message_id \(types.text) NOT NULL UNIQUE,
            template \(types.text) NOT NULL,
            address \(types.text) NOT NULL,
            name \(types.text) NOT NULL,
            locale \(types.text) NOT NULL,
            parameters \(types.text) NOT NULL,
            class \(types.text) NOT NULL CHECK (class = 'reset' OR class = 'invitation' OR class = 'notification'),
            priority \(number) NOT NULL,
            created_at \(number) NOT NULL,
            not_after \(number),
            dedupe_key \(types.text) UNIQUE,
            state \(types.text) NOT NULL
                CHECK (state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'failed' OR state = 'expired'),
            attempts \(number) NOT NULL,
            due_at \(number) NOT NULL,
            lease_node \(types.text),
            lease_start \(types.text),
            finished_at \(number),
            last_code \(number),
            last_text \(types.text),
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
