import Engine
import JSON
import Storage

/// Commands under the names that the routes call, which say back what they were given.
struct StandInPlugin: CommandPlugin {
    let name = "stand-in"

    var commands: [any Command] {
        [
            LogoutStandIn(), ResetStandIn(), CreatePasswordStandIn(), ListUsersStandIn(), GetUserStandIn(),
            RevokeStandIn(), PruneStandIn(), CrashStandIn(), OldStandIn(),
        ]
    }

    var descriptors: DescriptorDocument? {
        get throws {
            let entries: [(String, JSONValue)] = [
                ("logout", ["http"]), ("reset-password", ["http"]), ("create-password", ["http"]),
                ("list-users", ["http", "webhook"]), ("get-user", ["http", "webhook"]),
                ("revoke-own-session", ["http"]),
                ("prune-sessions", ["webhook"]), ("crash", ["webhook"]), ("old-echo", ["webhook"]),
            ]
            let commands = JSONObject(
                entries.map { action, channels in
                    var entry: JSONObject = [
                        "summary": "Echoes", "description": "Answers its input.",
                        "input": ["type": "object", "properties": ["email": ["$ref": "#/$defs/text"]]],
                        "output": ["type": "object"], "examples": [["input": [:], "output": [:]]], "expose": channels,
                        "effects": ["readOnly": true, "destructive": false, "idempotent": true],
                    ]
                    if action == "old-echo" {
                        entry["deprecated"] = [
                            "date": "2027-01-31", "reason": "It is old.", "instead": "prune-sessions",
                        ]
                    }
                    return (action, .object(entry))
                })
            let document: JSONValue = [
                "version": 1, "$defs": ["text": ["type": "string"]], "commands": .object(commands),
            ]
            return try DescriptorDocument(parsing: document.serialized(), name: "stand-in.json")
        }
    }
}

/// A command that only echoes.
protocol Echo: Command where Input == JSONValue, Prepared == JSONValue, Output == JSONValue, Answer == JSONValue {}

extension Echo {
    static var access: Access { [.anyone] }
    static var isReadOnly: Bool { true }
    func perform(_ prepared: JSONValue, in tx: Transaction, call: Call) throws -> JSONValue { prepared }
}

struct LogoutStandIn: Echo { static let action: Action = "logout" }
struct ListUsersStandIn: Echo { static let action: Action = "list-users" }
struct GetUserStandIn: Echo { static let action: Action = "get-user" }
struct OldStandIn: Echo { static let action: Action = "old-echo" }
struct RevokeStandIn: Echo { static let action: Action = "revoke-own-session" }

/// Answers what it knows of the client as well.
struct PruneStandIn: Echo {
    static let action: Action = "prune-sessions"

    func perform(_ prepared: JSONValue, in tx: Transaction, call: Call) throws -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "input": prepared, "address": text(call.client.address), "country": text(call.client.country),
            "city": text(call.client.city), "userAgent": text(call.client.userAgent),
        ]
    }
}

struct CrashStandIn: Echo {
    struct Broken: Error {}
    static let action: Action = "crash"
    func perform(_ prepared: JSONValue, in tx: Transaction, call: Call) throws -> JSONValue { throw Broken() }
}

struct ResetStandIn: Echo {
    static let action: Action = "reset-password"

    func perform(_ prepared: JSONValue, in tx: Transaction, call: Call) throws -> JSONValue {
        let email = prepared["email"]?.stringValue ?? ""
        if email == "busy@example.com" {
            throw CommandFailure.unavailable("Too busy.", retryAfter: .milliseconds(1500))
        }
        guard email.contains("@") else {
            throw CommandFailure.invalidInput("/email", keyword: "format", "`email` is no address.")
        }
        return ["success": true]
    }
}

struct CreatePasswordStandIn: Echo {
    static let action: Action = "create-password"

    func perform(_ prepared: JSONValue, in tx: Transaction, call: Call) throws -> JSONValue {
        guard prepared["token"] == "good" else { throw CommandFailure.invalidToken("No such link.") }
        guard prepared["password"] == prepared["confirm"] else {
            throw CommandFailure.invalidInput("/confirm", keyword: "const", "Not the same.")
        }
        if prepared["password"] == "password" {
            throw CommandFailure(
                .passwordTooWeak, "The password is a common one.",
                fields: [.init(pointer: "/password", keyword: "notCommon", message: "The password is a common one.")])
        }
        return ["success": true]
    }
}
