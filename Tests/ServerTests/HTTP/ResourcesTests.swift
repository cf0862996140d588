import Foundation
import Resources
import Testing

/// The files that are in the binary.
struct ResourcesTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/CResources").standardized

    @Test(arguments: ["pages", "mail"])
    func everyFileOfTheFolderIsInTheBinary(name: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path())
        let embedded = Resources.names.filter { $0.hasPrefix(name + "/") }
        #expect(Set(embedded) == Set(files.map { "\(name)/\($0)" }), "list it in resources.c")
        for file in embedded {
            let bytes = try Data(contentsOf: folder.appending(path: file))
            #expect(Resources.bytes(named: file) == Array(bytes), "\(file) is as it was before; build anew")
        }
    }

    @Test func allOfThemCanBeRead() throws {
        #expect(Resources.names.contains("commands.json"))
        #expect(Set(Resources.names).count == Resources.names.count)
        for name in Resources.names { #expect(Resources.text(named: name)?.isEmpty == false, "\(name)") }
        #expect(Resources.bytes(named: "nothing") == nil)
    }

    @Test func theCommonPasswordsAreTenThousand() throws {
        let text = try #require(Resources.text(named: "common-passwords.txt"))
        #expect(text.split(separator: "\n").count == 10_000)
    }
}
