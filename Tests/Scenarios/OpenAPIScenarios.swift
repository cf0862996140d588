import Foundation
import JSON
import TestSupport
import Testing

/// What `/openapi.json` says is what the server does, as tools of others see it.
struct OpenAPIScenarios {
    /// openapi-spec-validator reads the document; schemathesis calls all that is in it, with inputs that keep and that
    /// break its schemas, and checks every answer. The same requests every time.
    @Test func schemathesisFindsNothing() async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            print("Left out: the interface called by schemathesis (USHER_TEST_PYTHON is not set).")
            return
        }
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off", "USHER_LOG_LEVEL": "warning"])
        let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/openapi")
        let finished = try await Subprocess(
            URL(filePath: python),
            [program.path(), lab.http.base, "--seed", "1", "--max-examples", "3", "--no-shrink"],
            environment: ["PATH": "/usr/bin:/bin", "HOME": lab.folder.path(), "NO_PROXY": "*"], folder: lab.folder,
            input: try await lab.shop().token
        ).wait()
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
        #expect(finished.output.contains("Tested: 39"), "\(finished.output)\(finished.errors)")
        #expect(!lab.log.contains("request failed"), "\(lab.log)")
    }

    /// An input for `create-license`, and whether the overlay below lets it pass.
    private static let licences: [(input: [String: JSONValue], isTaken: Bool)] = [
        (["externalRef": "a", "productId": "studio"], true), (["productId": "studio"], false),
        (["externalRef": "b", "productId": "other"], false), (["externalRef": "c", "seats": 5], true),
        (["externalRef": "d", "seats": 6], false), (["externalRef": "e", "action": "add-license"], true),
        (["externalRef": "f", "action": "createLicense"], true),
    ]

    /// After the start as after a reload.
    @Test func theDescriptionSaysWhatTheOverlayLeaves() async throws {
        let lab = try await Lab.idle(settings: ["USHER_COMMANDS": "overlay.json"])
        try lab.write(
            """
            {"version": 1, "commands": {
                "create-license": {"aliases": ["add-license"], "input": {
                    "$defs": {"few": {"maximum": 5}}, "required": ["externalRef"],
                    "properties": {"productId": {"enum": ["studio", "render"]}, "seats": {"$ref": "#/$defs/few"}}}},
                "list-users": {"input": {"properties": {"limit": {"maximum": 10}}}},
                "delete-user": {"disabled": true}, "reset-password": {"disabled": true}}}
            """, to: "overlay.json")
        try await lab.serve()
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann")
        let token = try await shop.administrator().session().accessToken

        let tight = try await Contract(of: lab)
        for (input, isTaken) in Self.licences {
            #expect(try await verdict(lab, shop, tight, ann, input) == isTaken, "\(input)")
        }
        let asText: JSONValue = ["userId": .int(ann.id), "validUntil": "never", "externalRef": "g", "seats": "6"]
        #expect(try await shop.call("create-license", asText).pointers == ["/seats"], "not got round by a text")
        #expect(try await page(lab, tight, token, of: 10))
        #expect(try await !page(lab, tight, token, of: 11))
        #expect(tight.document.at("paths", "/api/auth/reset-password") == nil)
        #expect(tight.document.at("paths", "/reset-password")?.objectValue?.keys == ["get"])
        #expect(tight.document.at("components", "schemas", "command-delete-user") == nil)
        #expect(try await lab.http.post("/api/auth/reset-password", .json(["email": "a@example.com"])).status == 404)

        try lab.write(#"{"version": 1, "commands": {}}"#, to: "overlay.json")
        #expect(try await lab.verb(["reload"]).status == 0)
        let wide = try await Contract(of: lab)
        for (input, _) in Self.licences {
            let isTaken = input["action"] != "add-license"
            #expect(try await verdict(lab, shop, wide, ann, input) == isTaken, "\(input)")
        }
        #expect(try await page(lab, wide, token, of: 11))
        #expect(wide.document.at("paths", "/api/auth/reset-password") != nil)
        #expect(wide.document.at("components", "schemas", "command-delete-user") != nil)
    }

    /// Whether a licence is made, as JSON and as a form; what the description says has to be the same.
    private func verdict(
        _ lab: Lab, _ shop: Shop, _ contract: Contract, _ user: Customer, _ input: [String: JSONValue]
    ) async throws -> Bool {
        let own: [String: JSONValue] = [
            "action": "create-license", "userId": .int(user.id), "validUntil": "2030-01-01",
        ]
        let body = own.merging(input) { $1 }
        let fields = body.map { ($0.key, $0.value.stringValue ?? $0.value.text) }.sorted { $0.0 < $1.0 }
        let content = contract.document.at("paths", "/api/webhook", "post", "requestBody", "content")
        var verdicts: [Bool] = []
        for (type, sent) in [
            ("application/json", Body.json(JSONValue(members: body))),
            ("application/x-www-form-urlencoded", .form(fields)),
        ] {
            let schema = try #require(content?.at(type, "schema"))
            verdicts.append(try contract.mistakes(in: JSONValue(members: body), schema).isEmpty)
            verdicts.append(try await lab.http.post("/api/webhook", sent, headers: bearer(shop.token)).status == 200)
        }
        #expect(Set(verdicts).count == 1, "\(input): \(verdicts)")
        return verdicts.allSatisfy(\.self)
    }

    /// Whether users come on pages of that size, as the description has it and as it is.
    private func page(_ lab: Lab, _ contract: Contract, _ token: String, of size: Int) async throws -> Bool {
        let parameters = contract.document.at("paths", "/api/users", "get", "parameters")?.items ?? []
        let schema = try #require(parameters.first { $0["name"] == "limit" }?["schema"])
        let isSaid = try contract.mistakes(in: .int(size), schema).isEmpty
        let isTaken = try await lab.http.get("/api/users?limit=\(size)", headers: bearer(token)).status == 200
        #expect(isSaid == isTaken, "\(size)")
        return isSaid && isTaken
    }

    /// The comparison that all scenarios make: it has to find what it is there for.
    @Test func anAnswerThatIsNotDescribedIsFound() async throws {
        let lab = try await Lab.start()
        let contract = try await Contract(of: lab)
        let good = try await lab.http.get("/healthz")
        func mistakes(
            status: Int = 200, type: String = "application/json", id: String = "x-request-id",
            body: String = #"{"status":"ok"}"#
        ) throws -> [String] {
            let answer = HTTPResponse(
                version: good.version, status: status, headers: [("content-type", type), (id, "a")],
                body: Array(body.utf8))
            return try contract.mistakes(
                in: HTTPRequest(method: "GET", url: lab.http.base), path: "/healthz?x", answer)
        }
        #expect(try mistakes() == [])
        #expect(try mistakes(status: 201).count == 1)
        #expect(try mistakes(type: "text/html").count == 1)
        #expect(try mistakes(id: "x-other").count == 1)
        #expect(try mistakes(body: #"{"status":"bad"}"#).count == 1)
        let body: JSONValue = ["action": "get-user", "userId": 1, "user": 2]
        let schema = try #require(
            contract.document.at(
                "paths", "/api/webhook", "post", "requestBody", "content", "application/json", "schema"))
        #expect(try contract.mistakes(in: body, schema).count == 1)
    }
}
