import Foundation
import Testing

/// The rows of `docs/migrating.md`, and the tests that assert them.
///
/// Every expectation in this folder begins its comment with the number of the row that it asserts.
struct MigrationTable {
    @Test func everyRowHasANumberOfItsOwn() throws {
        let rows = try rows()
        #expect(rows.count > 70)
        #expect(rows.allSatisfy { $0.wholeMatch(of: /[TBCPFE][0-9]+/) != nil }, "\(rows)")
        #expect(Set(rows).count == rows.count, "\(rows)")
    }

    @Test func everyRowIsAsserted() throws {
        let (rows, asserted) = (Set(try rows()), try asserted())
        #expect(rows.subtracting(asserted).sorted() == [], "rows without an assertion")
        #expect(asserted.subtracting(rows).sorted() == [], "assertions of rows that are not there")
    }

    private func rows() throws -> [String] {
        try Document.text(of: "migrating.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
            guard line.hasPrefix("|"), cells.count > 3, cells[1] != "#", !cells[1].hasPrefix("---") else { return nil }
            return cells[1]
        }
    }

    private func asserted() throws -> Set<String> {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let sources = try files.filter { $0.pathExtension == "swift" }.map {
            try String(contentsOf: $0, encoding: .utf8)
        }
        return Set(sources.flatMap { $0.matches(of: /, "([A-Z][0-9]+)[":]/).map { String($0.1) } })
    }
}
