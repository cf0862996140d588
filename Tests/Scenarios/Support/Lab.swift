import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

/// A server of its own on a data folder of its own: started, stopped, killed and called from outside, as in life.
///
/// Its clock can be moved. When the last reference goes, the server is killed and the folder is gone.
final class Lab: Sendable {
    let http: HTTPClient
    let control: ControlSocket
    let settings: [String: String]
    let port: Int
    let folder: URL
    let program: URL
    /// Nil for the SQLite file in its data folder.
    private let database: TestDatabase?
    private let place: Place?
    private let server = Mutex<Subprocess?>(nil)
    private let ahead = Mutex(Duration.zero)
    let seenMails = Mutex<Set<String>>([])

    /// A place at the gate, given back when the lab goes, whether or not it ever started.
    private final class Place: Sendable {
        static let gate = Gate(places: 4)

        deinit { Self.gate.leave() }
    }

    /// Starts a server and waits until it is alive.
    ///
    /// `settings` are further `USHER_…` variables, for the server and for all verbs; `program` is a server other than
    /// `Lab`, whose clock cannot be moved.
    static func start(settings: [String: String] = [:], program: URL? = nil) async throws -> Lab {
        await Place.gate.enter()
        let lab = try Lab(settings: settings, program: program)
        try await lab.serve()
        return lab
    }

    /// A lab whose server does not run yet.
    static func idle(settings: [String: String] = [:]) async throws -> Lab {
        await Place.gate.enter()
        return try Lab(settings: settings)
    }

    /// One more server of a test that has a place at the gate already; it does not run yet.
    static func another(settings: [String: String]) throws -> Lab { try Lab(settings: settings, place: nil) }

    private init(settings: [String: String], program: URL? = nil, place: Place? = Place()) throws {
        self.place = place
        self.program = try program ?? Self.executable()
        // Short, because the name of a socket has at most 107 bytes.
        folder = URL(filePath: "/tmp/usher-lab-\(UUID().uuidString.prefix(13))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        port = try freePort()
        http = HTTPClient(
            base: "http://127.0.0.1:\(port)", isDescribed: program == nil && settings["USHER_COMMANDS"] == nil)
        control = ControlSocket(path: folder.appending(path: "control").path())
        self.settings = settings
        database = DatabaseKind.isSQLite ? nil : try TestDatabase()
    }

    deinit {
        server.withLock { $0?.signal(SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What the server stores, opened beside it.
    func openDatabase() throws -> any Database {
        try database?.open() ?? SQLiteDatabase(path: data.appending(path: "usher.db").path())
    }

    var data: URL { folder.appending(path: "data") }

    /// What the server printed so far, on both streams.
    var log: String { server.withLock { ($0?.output ?? "") + ($0?.errors ?? "") } }

    /// What the server and the verbs see: this lab's settings, and nothing of the tests' own but where programs are.
    var environment: [String: String] {
        let own = ProcessInfo.processInfo.environment
        var result = settings
        if let database, result["USHER_DATABASE_URL"] == nil { result["USHER_DATABASE_URL"] = database.url }
        for name in ["PATH", "LD_LIBRARY_PATH"] { result[name] = own[name] }
        result["HOME"] = folder.path()
        result["USHER_PORT"] = String(port)
        result["LAB_CLOCK_OFFSET_MS"] = String(ahead.withLock { $0.components.seconds * 1000 })
        return result
    }

    /// Starts the server and waits until it is alive.
    func serve() async throws {
        var environment = environment
        environment["LAB_CONTROL"] = control.path
        let process = try Subprocess(
            program, ["serve", "--data", data.path(), "--port", String(port)],
            environment: environment, folder: folder)
        server.withLock { $0 = process }
        let http = HTTPClient(base: http.base)
        _ = try await eventually("the start of the server") {
            guard process.isRunning else { throw ControlError(description: "the server ended: \(process.errors)") }
            return try? await http.get("/healthz").status == 200 ? true : nil
        }
    }

    /// Of the server, while it runs.
    var processID: Int32? { server.withLock { $0?.id } }

    /// Signals the server and does not wait.
    func signal(_ signal: Int32) { server.withLock { $0?.signal(signal) } }

    /// Waits until the server has ended, which something before has made it do.
    func ended(within limit: Duration = .seconds(30)) async throws -> Finished {
        let process = try #require(server.withLock { $0 })
        _ = try await eventually("the end of the server", within: limit) { process.isRunning ? nil : true }
        return await process.wait()
    }

    /// Ends the server as an operator does, with SIGTERM.
    @discardableResult
    func stop() async throws -> Finished? { try await end(by: SIGTERM) }

    /// Ends the server as a power cut does.
    @discardableResult
    func kill() async throws -> Finished? { try await end(by: SIGKILL) }

    private func end(by signal: Int32) async throws -> Finished? {
        guard let process = server.withLock({ $0 }) else { return nil }
        process.signal(signal)
        return try await ended()
    }

    /// Lets time pass for the server, and for every process of this lab that starts from now on.
    func advance(by span: Duration) async throws {
        ahead.withLock { $0 += span }
        _ = try await control.advance(by: span)
    }

    /// Sets the clock of the machine, without any time passing; back, if negative.
    func setWallClock(by span: Duration) async throws {
        ahead.withLock { $0 += span }
        if server.withLock({ $0?.isRunning }) == true { try await control.setWall(by: span) }
    }

    /// Runs a verb such as `create-admin` on this lab's data folder.
    func verb(_ arguments: [String], input: String? = nil) async throws -> Finished {
        try await Subprocess(
            program, arguments + ["--data", data.path()], environment: environment, folder: folder,
            input: input
        ).wait()
    }

    /// Runs the executable with these arguments and no others.
    func bare(_ arguments: [String], environment more: [String: String] = [:]) async throws -> Finished {
        let environment = environment.merging(more) { _, new in new }
        return try await Subprocess(program, arguments, environment: environment, folder: folder).wait()
    }
}
