import Storage
import Testing

struct Refusal: Error, Equatable {}

extension Database {
    /// The names of all items, in the order in which they were made.
    func names() async throws -> [String?] {
        try await read { tx in try tx.rows("SELECT name FROM item ORDER BY id").map { try $0.optionalString("name") } }
    }

    func counter(_ id: Int) async throws -> Int {
        try await read { tx in try #require(try tx.row("SELECT value FROM counter WHERE id = $1", id)).int("value") }
    }
}

extension Transaction {
    func insert(_ name: String) throws {
        try execute("INSERT INTO item (name) VALUES ($1)", name)
    }
}

func expectNames(
    _ names: [String?], in database: any Database, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let stored = try await database.names()
    #expect(stored == names, sourceLocation: sourceLocation)
}

func expectCounter(
    _ id: Int, toBe value: Int, in database: any Database, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let stored = try await database.counter(id)
    #expect(stored == value, sourceLocation: sourceLocation)
}
