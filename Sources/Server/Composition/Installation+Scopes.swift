import Engine
import Glibc

extension Installation {
    /// Runs `body` on the installation that is there, and closes it.
    ///
    /// - Throws: ``CannotStart`` where there is none; what `body` throws.
    static func withExisting<Value>(
        _ settings: Settings, _ surroundings: Surroundings, _ body: (Installation) async throws -> Value
    ) async throws -> Value {
        let overlay = try OperatorFiles.overlay(settings.commandsOverlay, surroundings.documents)
        return try await with(open(settings, surroundings, overlay: overlay, creating: false), body)
    }

    /// Runs `body` on a new installation in a temporary folder, which is gone afterwards.
    static func withTemporary<Value>(
        _ settings: Settings, _ surroundings: Surroundings, overlay: Overlay?,
        _ body: (Installation) async throws -> Value
    ) async throws -> Value {
        var template = Array("/tmp/usher-check-XXXXXX".utf8CString)
        guard let folder = unsafe mkdtemp(&template) else {
            throw CannotStart("A temporary folder cannot be made in /tmp: \(lastSystemError()).")
        }
        let path = unsafe String(cString: folder)
        defer {
            for name in ["usher.db", "usher.db-wal", "usher.db-shm", "master.key"] { unsafe unlink(path + "/" + name) }
            unsafe rmdir(path)
        }
        return try await with(open(settings.moved(to: path), surroundings, overlay: overlay, creating: true), body)
    }

    private static func with<Value>(_ installation: Installation, _ body: (Installation) async throws -> Value)
        async throws -> Value
    {
        do {
            let value = try await body(installation)
            try await installation.close()
            return value
        } catch {
            try? await installation.close()
            throw error
        }
    }
}

extension Settings {
    /// The same settings, with all data in another folder.
    fileprivate func moved(to folder: String) -> Settings {
        Settings(
            listen: listen,
            storage: Storage(
                folder: folder, database: .sqlite(path: folder + "/usher.db"),
                masterKey: .file(path: folder + "/master.key")),
            web: web, mail: mail, app: app, lifetimes: lifetimes, retention: retention,
            commandsOverlay: commandsOverlay, log: log)
    }
}

extension Installation {
    /// A call from the command line, on behalf of a user if given.
    func request(as user: Int64? = nil, over channel: Channel = .cli, ignoresOverlay: Bool = true) -> CommandRequest {
        CommandRequest(
            id: RequestID.make(random), channel: channel, caller: .commandLine(userID: user), client: Client(),
            ignoresOverlay: ignoresOverlay)
    }
}
