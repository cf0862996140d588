import Engine
import HTTPTypes
import JSON
import JSONSchema
import Resources
import Testing

@testable import Server

/// The description of the interface, made of all routes and the shipped commands.
struct OpenAPITests {
    private let routes: [Route]
    private let document: JSONValue

    init() async throws {
        let descriptors = try DescriptorDocument(
            parsing: try #require(Resources.bytes(named: "commands.json")), name: "commands.json"
        ).descriptors
        routes = try RouteTable.all(try await HTTPUnderTest().context).all
        document =
            OpenAPIDocument(
                publicURL: try PublicURL(parsing: "https://auth.example.com"), title: "Usher", routes: routes,
                descriptors: descriptors
            ).json
    }

    private var operations: [(path: String, method: String, item: JSONValue)] {
        (document["paths"]?.objectValue ?? [:]).flatMap { path, item in
            (item.objectValue ?? [:]).map { (path, $0.key, $0.value) }
        }
    }

    @Test func everyMethodOfEveryRouteIsThereAndNoOther() {
        let expected = routes.flatMap { route in
            route.handlers.map { "\($0.method.rawValue.lowercased()) \(route.path)" }
        }
        #expect(Set(operations.map { "\($0.method) \($0.path)" }) == Set(expected))
        #expect(operations.count == OpenAPIOperation.all.count)
    }

    @Test func everyOperationSaysWhatItIsWhoMayCallItAndWhatItAnswers() {
        var ids: Set<String> = []
        for (path, method, item) in operations {
            let name = "\(method) \(path)"
            let isNew = ids.insert(item["operationId"]?.stringValue ?? "").inserted
            #expect(isNew, "\(name)")
            #expect(item["summary"]?.stringValue?.isEmpty == false, "\(name)")
            #expect(item["tags"]?.arrayValue?.count == 1, "\(name)")
            #expect(item["security"]?.arrayValue != nil, "\(name)")
            let statuses = (item["responses"]?.objectValue ?? [:]).keys
            #expect(statuses.contains { $0.hasPrefix("2") || $0.hasPrefix("3") }, "\(name)")
            #expect(Set(statuses).isSuperset(of: ["400", "405", "408", "413", "414", "431", "500", "503"]), "\(name)")
        }
    }

    @Test func theWebhookTakesEveryCommandAndNoOther() throws {
        let content = try #require(
            document.value(at: JSONPointer(["paths", "/api/webhook", "post", "requestBody", "content"])))
        let schema = content["application/json"]?["schema"]
        let mapping = try #require(schema?["discriminator"]?["mapping"]?.objectValue)
        let inputs = try #require(schema?["oneOf"]?.arrayValue)
        #expect(Set(mapping.values) == Set(inputs.compactMap { $0["$ref"] }))
        #expect(mapping["create-user"] != nil && mapping["create-user"] == mapping["createUser"])
        #expect(inputs.count == content["application/x-www-form-urlencoded"]?["schema"]?["oneOf"]?.arrayValue?.count)
        #expect(mapping["login"] == nil, "it is not for webhooks")
    }

    @Test func everyReferenceLeadsSomewhere() {
        var count = 0
        visit(document) { members in
            guard let reference = members["$ref"]?.stringValue else { return }
            let pointer = JSONPointer(
                reference.split(separator: "/").dropFirst().map { String($0).replacing("~1", with: "/") })
            #expect(document.value(at: pointer) != nil, "\(reference)")
            count += 1
        }
        #expect(count > 500)
    }

    /// Of bodies, parameters and headers, what is sent and what is answered.
    @Test func everyExampleKeepsItsSchema() throws {
        var options = SchemaOptions.specification
        options.formats = .asserted
        let document = document
        options.documents = { $0 == "urn:usher:openapi" ? document : nil }
        var count = 0
        visit(document) { members in
            guard let schema = members["schema"], schema.objectValue != nil || schema.boolValue != nil else { return }
            let named = (members["examples"]?.objectValue ?? [:]).values.compactMap { $0["value"] }
            let examples = named + [members["example"]].compactMap { $0 }
            guard !examples.isEmpty else { return }
            do {
                let compiled = try Schema(Self.absolute(schema), options: options)
                for example in examples {
                    let errors = compiled.validate(example)
                    #expect(errors.isEmpty, "\(example) breaks \(errors)")
                    count += 1
                }
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(count > 150)
    }

    @Test func everyCodeHasAnExample() {
        for code in ProblemStatus.codes {
            let example = OpenAPIProblem.example(code)
            #expect(example["code"]?.stringValue == code.rawValue)
            #expect(
                example["detail"]?.stringValue
                    != OpenAPIProblem.example(.init(rawValue: "OTHER"))["detail"]?.stringValue)
        }
    }

    /// Python, in which tools read the document, and others know no `\p{…}`.
    @Test func noPatternNeedsTheCategoriesOfUnicode() {
        visit(document) { members in
            guard let pattern = members["pattern"]?.stringValue else { return }
            #expect(!pattern.contains(#"\p"#), "\(pattern)")
        }
        let listed = OpenAPIPattern.formatCharacters
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .format else { continue }
            #expect(listed.contains { $0.contains(scalar) }, "U+\(String(value, radix: 16))")
        }
        for range in listed {
            #expect(range.lowerBound.properties.generalCategory == .format)
            #expect(range.upperBound.properties.generalCategory == .format)
        }
    }

    @Test func twoMeaningsOfOneNameAreKeptApart() {
        var components = OpenAPIComponents()
        func schema(_ type: JSONValue) -> JSONValue { ["$ref": "#/$defs/thing", "$defs": ["thing": ["type": type]]] }
        #expect(components.schema(schema("string"), of: "a") == ["$ref": "#/components/schemas/thing"])
        #expect(components.schema(schema("string"), of: "b") == ["$ref": "#/components/schemas/thing"])
        #expect(components.schema(schema("integer"), of: "c") == ["$ref": "#/components/schemas/c-thing"])
    }

    /// Calls `body` for every object in `value`, but not for those inside examples.
    private func visit(_ value: JSONValue, _ body: (JSONObject) -> Void) {
        switch value {
        case .object(let members):
            body(members)
            for (name, member) in members where name != "value" && name != "example" { visit(member, body) }
        case .array(let items): for item in items { visit(item, body) }
        default: break
        }
    }

    /// The schema with references that lead into the document from anywhere.
    private static func absolute(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                JSONObject(
                    members.map { name, value in
                        guard name == "$ref", let reference = value.stringValue else { return (name, absolute(value)) }
                        return (name, .string("urn:usher:openapi" + reference))
                    }))
        case .array(let items): .array(items.map(absolute))
        default: schema
        }
    }
}
