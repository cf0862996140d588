import JSON
import Storage
import TestSupport
import Testing

@Suite struct TransactionContractTests {
    @Test(arguments: DatabaseFactory.all)
    func aWriteThatThrowsLeavesNothing(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect(throws: Refusal()) {
                try await database.write { tx in
                    try tx.insert("a")
                    throw Refusal()
                }
            }
            try await expectNames([], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aCaughtErrorStillFailsTheWrite(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect {
                try await database.write { tx in
                    try tx.insert("a")
                    try? tx.insert("a")
                }
            } throws: {
                isConstraint($0)
            }
            try await expectNames([], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func nothingRunsAfterAStatementThatFailed(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect {
                try await database.write { tx in
                    try tx.insert("a")
                    try? tx.insert("a")
                    try tx.insert("b")
                }
            } throws: {
                isMisuse($0)
            }
            await #expect {
                try await database.write { tx in
                    _ = try? tx.execute("SELEKT 1")
                    try tx.savepoint { try tx.insert("c") }
                }
            } throws: {
                isMisuse($0)
            }
            try await expectNames([], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aFailedSavepointCanBeRecoveredFrom(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await database.write { tx in
                try tx.insert("before")
                #expect(throws: Refusal()) {
                    try tx.savepoint {
                        try tx.insert("undone")
                        throw Refusal()
                    }
                }
                #expect { try tx.savepoint { try tx.insert("before") } } throws: { isConstraint($0) }
                #expect {
                    try tx.savepoint {
                        try tx.insert("undone too")
                        try? tx.insert("before")
                    }
                } throws: {
                    isConstraint($0)
                }
                try tx.insert("after")
            }
            try await expectNames(["before", "after"], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func savepointsNest(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await database.write { tx in
                try tx.savepoint {
                    try tx.insert("outer")
                    try? tx.savepoint {
                        try tx.savepoint { try tx.insert("innermost") }
                        throw Refusal()
                    }
                    try tx.savepoint { try tx.insert("inner") }
                }
            }
            try await expectNames(["outer", "inner"], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aSavepointThatThrowsTakesItsReportsBack(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await database.write { tx in
                try tx.insert("a")
                tx.changed(Change.Subject("item", 1), to: .string("a"))
                try? tx.savepoint {
                    try tx.insert("b")
                    tx.changed(Change.Subject("item", 2), to: .string("b"))
                    throw Refusal()
                }
                #expect(tx.changes.map(\.subject) == [Change.Subject("item", 1)])
                #expect(tx.unreportedRows == 0 && tx.writtenKinds == ["item"])
            }
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aReadMayNotWrite(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect { try await database.read { try $0.insert("a") } } throws: { isMisuse($0) }
            await #expect { try await database.read { try? $0.insert("a") } } throws: { isMisuse($0) }
            try await expectNames([], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aReadSeesOneState(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let (started, written) = (Signal(), Signal())
            let reading = Task {
                try await database.read { tx in
                    let first = try tx.row("SELECT value FROM counter WHERE id = 1")?.int("value")
                    started.send()
                    written.wait()
                    return [first, try tx.row("SELECT value FROM counter WHERE id = 1")?.int("value")]
                }
            }
            await started.arrival()
            try await database.write { _ = try $0.execute("UPDATE counter SET value = 7 WHERE id = 1") }
            written.send()
            #expect(try await reading.value == [0, 0])
            try await expectCounter(1, toBe: 7, in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aTransactionIsOverWhenItsClosureReturns(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let escaped = Escaped()
            try await database.write { tx in
                try tx.insert("in time")
                escaped.transaction = tx
            }
            #expect { try escaped.transaction?.insert("late") } throws: { isMisuse($0) }
            try await database.read { escaped.transaction = $0 }
            #expect { try escaped.transaction?.rows("SELECT 1") } throws: { isMisuse($0) }
            try await expectNames(["in time"], in: database)
        }
    }
}

/// Unchecked because it does what must not be done; each step has ended before the next begins.
private final class Escaped: @unchecked Sendable {
    var transaction: Transaction?
}
