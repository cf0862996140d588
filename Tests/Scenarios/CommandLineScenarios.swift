import Foundation
import JSON
import TestSupport
import Testing

/// The command line beside a running server: what it prints, and with which status it ends.
struct CommandLineScenarios {
    @Test func runPrintsTheAnswerAlone() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let made = try await lab.verb(
            ["run", "create-user", "--payload", #"{"email":"ann@example.com","name":"Ann"}"#])
        #expect(made.status == 0, "\(made.errors)")
        let user = try JSONValue(parsing: Array(made.output.utf8))
        try OutputSchemas.check(user, of: "create-user")
        #expect(user["email"] == "ann@example.com")
        #expect(try await lab.mail(to: "ann@example.com").link != nil, "the running server sends the mail")
    }

    @Test func aPayloadComesFromAFileOrFromTheInput() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let file = lab.folder.appending(path: "payload.json")
        try Data(#"{"email":"mara@example.com"}"#.utf8).write(to: file)
        let fromFile = try await lab.verb(["run", "get-user", "--payload", "@\(file.path())"])
        let fromInput = try await lab.verb(
            ["run", "get-user", "--payload", "-"], input: #"{"email":"mara@example.com"}"#)
        for finished in [fromFile, fromInput] {
            #expect(finished.status == 0, "\(finished.errors)")
            #expect(try JSONValue(parsing: Array(finished.output.utf8))["role"] == "ADMIN")
        }
    }

    @Test func aRefusalEndsWithOneAndGoesToStandardError() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let refused = try await lab.verb(["run", "get-user", "--payload", #"{"userId":999}"#])
        #expect(refused.status == 1)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains("999"))
        let unknown = try await lab.verb(["run", "create-users", "--payload", "{}"])
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("create-user"))
    }

    @Test func aRunWorksWithoutAServer() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        try await lab.stop()
        let pruned = try await lab.verb(["prune-sessions"])
        #expect(pruned.status == 0, "\(pruned.errors)")
        let listed = try await lab.verb(["run", "list-users"])
        #expect(listed.status == 0, "\(listed.errors)")
    }

    @Test(arguments: [
        ["create-admin", "ann@example.com", "Ann"], ["run", "list-users"], ["prune-sessions"],
        ["backup", "copy.db"],
        ["create-webhook", "Shop", "--user", "ann@example.com"],
    ])
    func aVerbWithoutADataFolderNamesThePath(verb: [String]) async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.verb(verb)
        #expect(finished.status == 1)
        #expect(finished.errors.contains(lab.data.path()))
        #expect(!FileManager.default.fileExists(atPath: lab.data.path()), "only serve makes a data folder")
    }

    @Test(arguments: [["serv"], ["run"], ["backup"], ["restore"], ["create-admin"], ["serve", "--porto", "1"]])
    func wrongUsageEndsWith64(arguments: [String]) async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.bare(arguments)
        #expect(finished.status == 64)
        #expect(!finished.errors.isEmpty)
    }

    @Test func wrongSettingsAreListedTogetherAndEndWith78() async throws {
        let lab = try await Lab.idle(settings: [
            "USHER_SEAT_IDLE": "soon", "USHER_SESION_LIFETIME": "30d", "APP_URL": "https://example.com",
        ])
        let finished = try await lab.verb(["serve"])
        #expect(finished.status == 78)
        for name in ["USHER_SEAT_IDLE", "USHER_SESSION_LIFETIME", "USHER_PUBLIC_URL"] {
            #expect(finished.errors.contains(name), "\(name) in: \(finished.errors)")
        }
    }

    @Test func theCommandsAreListed() async throws {
        let lab = try await Lab.idle()
        let listed = try await lab.bare(["commands"])
        #expect(listed.status == 0, "\(listed.errors)")
        for action in ["create-user", "prune-sessions"] { #expect(listed.output.contains(action)) }
        let document = try await lab.bare(["commands", "--json"])
        #expect(try JSONValue(parsing: Array(document.output.utf8))["version"] == 1)
    }
}
