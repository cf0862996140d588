import Foundation
import Testing

/// Links between the documents lead to files and headings that are there.
struct DocumentLinkTests {
    private static let folders = ["", "docs", "docs/decisions"]

    @Test(arguments: folders)
    func everyLinkLeadsSomewhere(folder: String) throws {
        let place = Document.repository.appending(path: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path()).filter { $0.hasSuffix(".md") }
        #expect(!names.isEmpty)
        for name in names.sorted() {
            let page = place.appending(path: name)
            for match in try String(contentsOf: page, encoding: .utf8).matches(of: /\]\(([^()\s]+)\)/) {
                let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                guard !match.1.contains(":"), let path = parts.first else { continue }
                let target = path.isEmpty ? page : place.appending(path: String(path)).standardizedFileURL
                guard FileManager.default.fileExists(atPath: target.path()) else {
                    Issue.record("\(name) links to \(match.1), which is not there")
                    continue
                }
                guard parts.count == 2 else { continue }
                #expect(try anchors(of: target).contains(String(parts[1])), "\(name) links to \(match.1)")
            }
        }
    }

    /// What headings are called in links: small letters, digits, `-` and `_`, and a `-` for each space.
    private func anchors(of page: URL) throws -> Set<String> {
        let headings = try String(contentsOf: page, encoding: .utf8).matches(of: /(?m)^#+ (.*)$/).map(\.1)
        return Set(
            headings.map { heading in
                heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
                    .replacingOccurrences(of: " ", with: "-")
            })
    }
}
