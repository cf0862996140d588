import Engine
import JSON
import Resources
import Testing

@testable import Server

/// The description of the interface, made of the shipped commands.
struct OpenAPITests {
    private func document() throws -> JSONValue {
        let descriptors = try DescriptorDocument(
            parsing: try #require(Resources.bytes(named: "commands.json")), name: "commands.json"
        ).descriptors
        return OpenAPIDocument(publicURL: "https://auth.example.com", title: "Usher", descriptors: descriptors).json
    }

    @Test func everyRouteAndEveryCommandIsThere() throws {
        let document = try document()
        #expect(document["openapi"] == "3.1.0")
        let paths = try #require(document["paths"]?.objectValue)
        let expected: Set = [
            "/api/auth/login", "/api/auth/refresh-token", "/api/auth/logout", "/api/auth/sessions",
            "/api/auth/sessions/{sessionId}", "/api/auth/reset-password", "/api/auth/create-password",
            "/api/auth/change-password", "/api/users",
            "/api/audit", "/api/commands", "/api/webhook/create", "/api/webhook", "/.well-known/jwks.json", "/healthz",
            "/readyz",
        ]
        #expect(Set(paths.keys) == expected)
        let schema = paths["/api/webhook"]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
        let mapping = try #require(schema?["discriminator"]?["mapping"]?.objectValue)
        #expect(mapping.count == schema?["oneOf"]?.arrayValue?.count)
        #expect(mapping["create-user"] != nil)
        #expect(mapping["login"] == nil, "it is not for webhooks")
    }

    @Test func noRouteForProgramsIsLeftOut() async throws {
        let routes = Set(try RouteTable.all(try await HTTPUnderTest().context).paths)
        let described = Set(try #require(try document()["paths"]?.objectValue).keys)
        let pages: Set = [
            "/", "/reset-password", "/create-password", "/401", "/account", "/account/login", "/account/password",
            "/account/end-session", "/account/end-all-sessions", "/.well-known/change-password", "/assets/usher.css",
            "/assets/usher.js", "/assets/common-passwords.txt",
        ]
        let otherSpellings: Set = ["/api/webhooks", "/api/webhooks/create"]
        #expect(routes.subtracting(described) == pages.union(otherSpellings).union(["/openapi.json", "/metrics"]))
        #expect(described.isSubset(of: routes))
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let document = try document()
        var waiting = [document]
        var count = 0
        while let next = waiting.popLast() {
            switch next {
            case .object(let members):
                if let reference = members["$ref"]?.stringValue {
                    let pointer = JSONPointer(reference.split(separator: "/").dropFirst().map(String.init))
                    #expect(document.value(at: pointer) != nil, "\(reference)")
                    count += 1
                }
                waiting += members.values
            case .array(let items): waiting += items
            default: break
            }
        }
        #expect(count > 50)
    }

    @Test func twoMeaningsOfOneNameAreKeptApart() {
        var components = OpenAPIComponents()
        func schema(_ type: JSONValue) -> JSONValue { ["$ref": "#/$defs/thing", "$defs": ["thing": ["type": type]]] }
        #expect(components.schema(schema("string"), of: "a") == ["$ref": "#/components/schemas/thing"])
        #expect(components.schema(schema("string"), of: "b") == ["$ref": "#/components/schemas/thing"])
        #expect(components.schema(schema("integer"), of: "c") == ["$ref": "#/components/schemas/c-thing"])
    }
}
