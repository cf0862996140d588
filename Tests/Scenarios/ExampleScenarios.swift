import Foundation
import JSON
import TestSupport
import Testing

/// A server of somebody else's, with a command that Usher does not know: `Examples/Greeter`, built by `script/test`.
struct ExampleScenarios {
    private func greeter() -> URL? {
        guard let path = ProcessInfo.processInfo.environment["USHER_TEST_GREETER"] else {
            print("Left out: a command added by another package (USHER_TEST_GREETER is not set).")
            return nil
        }
        return URL(filePath: path)
    }

    @Test func aCommandOfAnotherPackageWorksLikeOurOwn() async throws {
        guard let program = greeter() else { return }
        let lab = try await Lab.start(program: program)
        let shop = try await lab.shop()
        let call = JSONValue(members: ["action": "say-hello", "name": "Ada"])
        let answer = try await lab.http.post("/api/webhook", .json(call), headers: bearer(shop.token))
        #expect(try answer.json()["response"] == ["greeting": "Hello, Ada!"])

        let wrong = JSONValue(members: ["action": "sayHello", "nam": "Ada"])
        let refused = try await lab.http.post("/api/webhook", .json(wrong), headers: bearer(shop.token))
        #expect(refused.status == 422)
        #expect(refused.text.contains("Did you mean `name`?"))

        let printed = try await lab.verb(["run", "say-hello", "--payload", #"{"name": "Ada"}"#])
        #expect(printed.output == "{\"greeting\":\"Hello, Ada!\"}\n", "\(printed.errors)")
        let listed = try await lab.verb(["commands"])
        #expect(listed.output.contains("say-hello") && listed.output.contains("create-user"))
    }

    private static let document = "adding-a-command.md"
    private static let example = Document.repository.appending(path: "Examples/Greeter")

    /// Whoever saves the files of the page has the example, which `script/test` builds.
    @Test func thePageShowsTheExampleFileByFile() throws {
        let files = try Document(Self.document).files
        for file in files {
            let text = try String(contentsOf: Self.example.appending(path: file.name), encoding: .utf8)
            #expect(file.text == text, "docs/\(Self.document) shows another \(file.name)")
        }
        var sources = ["Package.swift"]
        for folder in ["Sources", "Tests"] {
            let paths = try FileManager.default.subpathsOfDirectory(
                atPath: Self.example.appending(path: folder).path())
            sources += paths.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
        }
        #expect(files.map(\.name).sorted() == sources.sorted())
    }

    @Test func theSnippetsOfThePageRun() async throws {
        let document = try Document(Self.document)
        #expect(document.unmarked.isEmpty, "say in docs/\(Self.document) whether these blocks are run")
        guard let program = greeter() else { return }
        try await SnippetRun(document: document, lab: Lab.start(program: program)).run()
    }

    /// It has nothing but the two libraries, so that it also shows that they can be linked alone.
    @Test func theProgramOfThePageAboutSchemasDoesWhatItSays() async throws {
        let page = try String(
            contentsOf: Document.repository.appending(path: "docs/json-schema.md"), encoding: .utf8)
        let program = try String(
            contentsOf: Document.repository.appending(path: "Tests/SchemaAlone/main.swift"), encoding: .utf8)
        #expect(page.contains("```swift\n\(program)```\n"))
        let lab = try await Lab.idle()
        let built = lab.program.deletingLastPathComponent().appending(path: "schema-alone")
        let finished = try await Subprocess(built, [], environment: [:], folder: lab.folder).wait()
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(page.contains("It prints:\n\n```text\n\(finished.output)```\n"), "\(finished.output)")
    }
}
