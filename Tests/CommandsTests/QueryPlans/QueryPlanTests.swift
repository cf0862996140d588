import Commands
import Engine
import Storage
import TestSupport
import Testing

/// No request becomes slower because there are many users, sessions, mails or rows of the audit.
@Suite(.enabled(if: DatabaseKind.isSQLite, "reads SQLite's plans"))
struct QueryPlanTests {
    @Test func noStatementReadsAWholeTableThatGrows() async throws {
        let log = StatementLog()
        let world = try await World.make(log: log)
        var tour = Tour(of: world)
        try await tour.run()
        #expect(tour.called == Set(try AllCommands.descriptors().descriptors.map(\.action)))

        let statements = log.statements
        #expect(statements.count > 60)
        try await world.database.read { tx in
            for (sql, arguments) in statements {
                let scans = try QueryPlan(of: sql, arguments: arguments, in: tx).scans
                #expect(scans.isEmpty, "\(scans) in: \(sql)")
            }
        }
    }

    /// What SQLite looks up by itself when a user or a licence is deleted.
    @Test func everyReferenceHasAnIndex() async throws {
        let world = try await World.make()
        try await world.database.read { tx in
            let references = try tx.rows(
                """
                SELECT tables.name AS name, keys."from" AS field
                FROM sqlite_schema AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
                WHERE tables.type = 'table'
                """)
            #expect(references.count == 5)
            for reference in references {
                let (table, field) = (try reference.string("name"), try reference.string("field"))
                let plan = try QueryPlan(of: "SELECT 1 FROM \(table) WHERE \(field) = 1", in: tx)
                #expect(plan.scans.isEmpty, "\(table).\(field)")
            }
        }
    }

    @Test func aStatementWithoutAnIndexIsFound() async throws {
        let world = try await World.make()
        try await world.database.read { tx in
            for sql in [
                "SELECT * FROM users WHERE name = 'Ada'", "SELECT COUNT(*) FROM sessions",
                "DELETE FROM audit WHERE at < 5", "UPDATE outbox SET attempts = 0",
            ] {
                let plan = try QueryPlan(of: sql, in: tx)
                #expect(plan.scans.count == 1, "\(sql)")
            }
        }
    }
}
