import Commands
import Cryptography
import Foundation
import Storage

/// The data folder of an installation whose server has been started once.
struct DataFolder {
    private let folder: URL

    init(_ path: String) {
        folder = URL(filePath: path)
    }

    /// What lies in it, for as long as `body` runs.
    struct Contents {
        let database: SQLiteDatabase
        let keys: KeyRing
        let clock: Clock
    }

    private struct NoMasterKey: Error {}

    func use<Value>(_ body: (Contents) async throws -> Value) async throws -> Value {
        let database = try SQLiteDatabase(path: folder.appending(path: "usher.db").path(), creating: false, readers: 1)
        let text = try String(contentsOf: folder.appending(path: "master.key"), encoding: .utf8)
        guard let line = text.split(whereSeparator: \.isNewline).first, let key = Base64URL.decode(line) else {
            throw NoMasterKey()
        }
        let clock = Clock.system()
        let keys = try await KeyRing.open(
            database, masterKey: MasterKey(SecretBytes(key)), clock: clock, random: SystemRandom())
        let value = try await body(Contents(database: database, keys: keys, clock: clock))
        try await database.close()
        return value
    }
}
