import Engine
import JSON
import Storage

/// A little domain to run the engine on: one table of named counters.
struct TallyPlugin: CommandPlugin {
    let name = "tally"

    var commands: [any Command] {
        [AddToTally(), ReadTally(), SpoilTally(), RefuseAndKeep(), WriteInSecret(), SweepTally()]
    }

    var descriptors: DescriptorDocument? {
        get throws { try DescriptorDocument(parsing: Array(Self.json.utf8), name: "tally.json") }
    }

    let migrations = [
        Migration("tally") { types in ["CREATE TABLE tally (name \(types.text) PRIMARY KEY, count BIGINT NOT NULL)"] }
    ]

    static let json = """
        {"version": 1,
         "$defs": {"tally": {"type": "object", "required": ["name"], "additionalProperties": false,
                             "properties": {"name": {"type": "string", "minLength": 1}, "by": {"type": "integer"}}}},
         "commands": {
            "add-to-tally": {"summary": "Adds", "description": "Adds to a counter.",
                "input": {"$ref": "#/$defs/tally"}, "output": {"type": "integer"},
                "examples": [{"input": {"name": "a", "by": 2}, "output": 2}], "expose": ["webhook", "cli"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}},
            "read-tally": {"summary": "Reads", "description": "Reads a counter.",
                "input": {"$ref": "#/$defs/tally"}, "output": {"type": "integer"},
                "examples": [{"input": {"name": "a"}, "output": 2}], "expose": ["webhook", "http"],
                "effects": {"readOnly": true, "destructive": false, "idempotent": true}},
            "spoil-tally": {"summary": "Fails", "description": "Writes, then refuses.",
                "input": {"$ref": "#/$defs/tally"}, "output": {"type": "integer"},
                "examples": [{"input": {"name": "a"}, "output": 2}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}},
            "refuse-and-keep": {"summary": "Fails", "description": "Writes, refuses, and keeps what it wrote.",
                "input": {"$ref": "#/$defs/tally"}, "output": {"type": "integer"},
                "examples": [{"input": {"name": "a"}, "output": 2}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}},
            "write-in-secret": {"summary": "A bug", "description": "Writes and reports nothing.",
                "input": {"$ref": "#/$defs/tally"}, "output": {"type": "integer"},
                "examples": [{"input": {"name": "a"}, "output": 2}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}},
            "sweep-tally": {"summary": "Sweeps", "description": "Deletes counters, two a step.",
                "input": {"type": "object", "additionalProperties": false, "properties": {}},
                "output": {"type": "object"},
                "examples": [{"input": {}, "output": {"swept": 3}}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": true, "idempotent": true}}
         }}
        """
}

struct TallyInput: Decodable, Sendable {
    let name: String
    let by: Int64?
}

extension Transaction {
    func add(_ input: TallyInput) throws -> Int64 {
        let row = try row(
            """
            INSERT INTO tally (name, count) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET count = tally.count + $2 RETURNING count
            """, input.name, input.by ?? 1)
        return try row?.int64("count") ?? 0
    }
}

struct AddToTally: Command {
    static let action: Action = "add-to-tally"
    static let access: Access = .webhook

    func perform(_ input: TallyInput, in tx: Transaction, call: Call) throws -> Int64 {
        let count = try tx.add(input)
        tx.changed(.init("tally", 1), to: ["count": .number(JSONNumber(count))])
        return count
    }
}

struct ReadTally: Command {
    static let action: Action = "read-tally"
    static let access: Access = [.webhook, .user]
    static let isReadOnly = true

    func perform(_ input: TallyInput, in tx: Transaction, call: Call) throws -> Int64 {
        try tx.row("SELECT count FROM tally WHERE name = $1", input.name)?.int64("count") ?? 0
    }
}

struct SpoilTally: Command {
    static let action: Action = "spoil-tally"
    static let access: Access = .webhook

    func perform(_ input: TallyInput, in tx: Transaction, call: Call) throws -> Int64 {
        _ = try tx.add(input)
        tx.changed(.init("tally", 1))
        throw CommandFailure.conflict("Spoilt.")
    }
}

struct RefuseAndKeep: Command {
    static let action: Action = "refuse-and-keep"
    static let access: Access = .webhook

    func perform(_ input: TallyInput, in tx: Transaction, call: Call) throws -> Outcome<Int64> {
        _ = try tx.add(input)
        tx.changed(.init("tally", 1))
        return .refused(.conflict("Kept."))
    }

    func answer(_ output: Outcome<Int64>, call: Call) throws -> Int64 { try output.get() }
}

struct WriteInSecret: Command {
    static let action: Action = "write-in-secret"
    static let access: Access = .webhook

    func perform(_ input: TallyInput, in tx: Transaction, call: Call) throws -> Int64 { try tx.add(input) }
}

struct SweepTally: Command {
    static let action: Action = "sweep-tally"
    static let access: Access = .webhook

    struct Swept: Encodable, Sendable {
        let swept: Int
        let isDone: Bool

        enum CodingKeys: String, CodingKey { case swept }
    }

    func prepare(_ input: NoInput, call: Call) -> Swept { Swept(swept: 0, isDone: false) }

    func perform(_ earlier: Swept, in tx: Transaction, call: Call) throws -> Swept {
        let rows = try tx.rows(
            "DELETE FROM tally WHERE name IN (SELECT name FROM tally ORDER BY name LIMIT 2) RETURNING name")
        tx.changed(.init("tally", 0))
        return Swept(swept: earlier.swept + rows.count, isDone: rows.count < 2)
    }

    func nextStep(after swept: Swept) -> Swept? { swept.isDone ? nil : swept }
}
