import Foundation
import JSON
import Testing

/// The files of a JSON parsing test suite (github.com/nst/JSONTestSuite) in `$USHER_TEST_DATA/json-parsing`.
///
/// A name begins with `y_` for what must be read, `n_` for what must be refused, and `i_` where both are right.
struct ParsingSuite {
    /// What this parser refuses although a parser may read it, and why.
    static let refusedOnPurpose = [
        "y_object_duplicated_key.json": "names must be unique",
        "y_object_duplicated_key_and_value.json": "names must be unique",
    ]

    static let folder = ProcessInfo.processInfo.environment["USHER_TEST_DATA"].map { $0 + "/json-parsing" }

    @Test func everyFileIsReadOrRefusedAsItMust() throws {
        guard let folder = Self.folder else {
            print("Left out: the JSON parsing suite, because USHER_TEST_DATA is not set.")
            return
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        try #require(!files.isEmpty)
        for name in files.sorted() {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
            let isRead = (try? JSONValue(parsing: bytes)) != nil
            if Self.refusedOnPurpose[name] != nil || name.hasPrefix("n_") {
                #expect(!isRead, "\(name) must be refused")
            } else if name.hasPrefix("y_") {
                #expect(isRead, "\(name) must be read")
            }
        }
        let exceptions = Self.refusedOnPurpose.filter { files.contains($0.key) }
        print("JSON parsing suite: \(files.count) files; refused on purpose:", exceptions)
    }
}
