import Engine
import Foundation
import HTTPTypes
import JSON
import Resources
import Testing

@testable import Server

/// `docs/api.md` beside what `/openapi.json` and `commands.json` say.
struct APIDocumentTests {
    private let page: String
    private let descriptors: [Descriptor]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        page = try String(contentsOf: root.appending(path: "docs/api.md"), encoding: .utf8)
        descriptors = try DescriptorDocument(
            parsing: try #require(Resources.bytes(named: "commands.json")), name: "commands.json"
        ).descriptors
    }

    private func openAPI() async throws -> JSONValue {
        OpenAPIDocument(
            publicURL: try PublicURL(parsing: "https://auth.example.com"), title: "Usher",
            routes: try RouteTable.all(try await HTTPUnderTest().context).all, descriptors: descriptors
        ).json
    }

    /// But for pages, which nobody calls from a program.
    @Test func everyOperationIsDocumented() async throws {
        let described = Set(
            (try await openAPI()["paths"]?.objectValue ?? [:]).flatMap { path, item in
                (item.objectValue ?? [:]).filter { $0.value["tags"] != ["pages"] }.map(\.key).map {
                    "\($0.uppercased()) \(withoutNames(path))"
                }
            })
        #expect(described.count > 15)
        #expect(described.subtracting(documented).sorted() == [], "docs/api.md lacks these")
    }

    @Test func everyDocumentedOperationIsThere() async throws {
        let routes = Set(try RouteTable.all(try await HTTPUnderTest().context).paths.map(withoutNames))
        for operation in documented {
            let path = try #require(operation.split(separator: " ").last)
            #expect(routes.contains(String(path)), "docs/api.md has \(operation)")
        }
    }

    /// Under the heading of its own name if a webhook may call it, else under that of its route.
    @Test func everyCommandIsDescribedWithAllItsFields() throws {
        let headings = Dictionary(
            OpenAPIOperation.all.compactMap { operation -> (Action, String)? in
                guard case .command(let action, _) = operation.kind else { return nil }
                return (action, "\(operation.method.uppercased()) \(withoutNames(operation.path))")
            }
        ) { first, _ in first }
        for descriptor in descriptors {
            let isCommand = descriptor.channels.contains(.webhook)
            let heading = isCommand ? descriptor.action.rawValue : headings[descriptor.action]
            let section = section(try #require(heading, "\(descriptor.action) has no route"))
            #expect(section != nil, "docs/api.md has no section on \(descriptor.action)")
            for field in descriptor.input["properties"]?.objectValue?.keys ?? [] where field != "sessionId" {
                let isThere = section?.firstMatch(of: try Regex("\\b\(field)\\b")) != nil
                #expect(isThere, "docs/api.md does not say what `\(field)` of \(descriptor.action) is")
            }
        }
    }

    @Test func everyFailureIsListedWithItsStatus() async throws {
        let rows = page.matches(of: /\| `([A-Z_]+)` \| (\d+) \|/).map { "\($0.1) \($0.2)" }
        let expected = ProblemStatus.codes.map { "\($0.rawValue) \(ProblemStatus.status(of: $0).code)" }
        #expect(Set(rows) == Set(expected))
        #expect(rows.count == expected.count)
        let examples = try await openAPI().value(
            at: JSONPointer(["components", "schemas", "Problem", "properties", "code", "examples"]))
        #expect(examples?.arrayValue?.count == expected.count)
    }

    /// Method and path of everything in headings and in the table of routes; one method may have several paths.
    private var documented: Set<String> {
        var operations: Set<String> = []
        for line in page.split(separator: "\n") where line.hasPrefix("### ") || line.hasPrefix("| `") {
            for match in line.matches(of: /\b(GET|POST|DELETE|PUT|PATCH) (\/[^\s`?]*)/) {
                operations.insert("\(match.1) \(withoutNames(String(match.2)))")
            }
        }
        return operations
    }

    /// What stands between a heading of the third level with this text in it and the next heading.
    private func section(_ heading: String) -> String? {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        guard
            let start = lines.firstIndex(where: { line in
                guard line.hasPrefix("### ") else { return false }
                return line.dropFirst(4).components(separatedBy: ", ").map(withoutNames).contains(heading)
            })
        else { return nil }
        let rest = lines[(start + 1)...]
        return rest[..<(rest.firstIndex { $0.hasPrefix("## ") || $0.hasPrefix("### ") } ?? rest.endIndex)]
            .joined(separator: "\n")
    }

    /// A path whose parameters have no names: `/api/auth/sessions/{}`.
    private func withoutNames(_ path: String) -> String { path.replacing(/\{[^}]*\}/, with: "{}") }
}
