import Foundation
import Storage
import Testing

@Suite struct SQLiteFileTests {
    @Test func onlyTheOwnerMayReadTheFiles() async throws {
        try await withFolder { folder in
            let path = folder + "/test.db"
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644])
            let database = try SQLiteDatabase(path: path)
            try await database.migrate(contractSchema)
            for file in [path, path + "-wal", path + "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
            try await database.close()
        }
    }

    @Test func aFileThatIsNotThereIsMadeOnlyOnRequest() async throws {
        try await withFolder { folder in
            let path = folder + "/test.db"
            #expect(throws: StorageError.cannotOpen("There is no database at \(path).")) {
                try SQLiteDatabase(path: path, creating: false)
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func aMissingFolderIsNamed() {
        #expect(throws: StorageError.cannotOpen("The folder /no/such/folder does not exist. Make it, or name another."))
        {
            try SQLiteDatabase(path: "/no/such/folder/test.db")
        }
    }

    @Test func aFolderIsNoDatabase() async throws {
        try await withFolder { folder in
            #expect(throws: StorageError.cannotOpen("\(folder) is a folder. Name a file in it.")) {
                try SQLiteDatabase(path: folder)
            }
        }
    }

    @Test func anotherKindOfFileIsLeftAlone() async throws {
        try await withFolder { folder in
            let path = folder + "/letter.txt"
            let letter = String(repeating: "Dear Sir or Madam, ", count: 100)
            try letter.write(toFile: path, atomically: true, encoding: .utf8)
            #expect { try SQLiteDatabase(path: path) } throws: { error in
                "\(error)".contains("\(path) is not an SQLite database")
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == letter)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func anotherUsersFileIsRefused() async throws {
        try await withFolder { folder in
            let path = folder + "/test.db"
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: path)
            #expect { try SQLiteDatabase(path: path) } throws: { error in
                "\(error)".contains("belongs to nobody, and this process runs as root")
            }
        }
    }
}
