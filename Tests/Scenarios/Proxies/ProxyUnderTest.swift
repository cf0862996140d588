import Foundation
import TestSupport
import Testing

/// A real proxy with the configuration that is in `deploy/`, in front of a lab.
///
/// Only ports, paths and accounts are other ones. It ends when the last reference goes.
final class ProxyUnderTest: Sendable {
    let kind: ProxyKind
    let lab: Lab
    let place: ProxyPlace
    let authority: PrivateAuthority
    private let process: Subprocess

    /// What a server behind one of these proxies has to be told.
    static let settings = ["USHER_PUBLIC_URL": ProxyKind.publicURL, "USHER_TRUSTED_PROXIES": "127.0.0.1, ::1"]

    /// - Returns: nil when this machine has no such proxy.
    static func start(_ kind: ProxyKind, for purpose: String, settings: [String: String] = [:]) async throws
        -> ProxyUnderTest?
    {
        guard let program = kind.program(for: purpose) else { return nil }
        let lab = try await Lab.start(settings: Self.settings.merging(settings) { _, new in new })
        return try await ProxyUnderTest(kind, program, lab)
    }

    private init(_ kind: ProxyKind, _ program: URL, _ lab: Lab) async throws {
        (self.kind, self.lab) = (kind, lab)
        let folder = lab.folder.appending(path: kind.rawValue)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        place = ProxyPlace(folder: folder, usher: lab.port, http: try freePort(), https: try freePort())
        authority = try await PrivateAuthority(for: ProxyKind.host, in: folder)
        let both = try Data(contentsOf: authority.certificate) + Data(contentsOf: authority.key)
        try both.write(to: folder.appending(path: "both.pem"))
        let main = try Self.write(kind, place)
        let environment = ["HOME": folder.path(), "PATH": "/usr/bin:/bin"]
        let checked = try await Subprocess(
            program, kind.checking(main.path(), folder.path()), environment: environment, folder: folder
        ).wait()
        try #require(checked.status == 0, "\(checked.output)\(checked.errors)")
        let process = try Subprocess(
            program, kind.arguments(main.path(), folder.path()), environment: environment, folder: folder)
        self.process = process
        let client = client()
        _ = try await eventually("the start of \(kind.rawValue)") {
            guard process.isRunning else { throw ControlError(description: "it ended: \(process.errors)") }
            return try? await client.get("/healthz").status == 200 ? true : nil
        }
    }

    /// Not SIGKILL, which would leave the workers behind.
    deinit { process.signal(SIGTERM) }

    private static func write(_ kind: ProxyKind, _ place: ProxyPlace) throws -> URL {
        let original = Document.repository.appending(path: "deploy/\(kind.file)")
        var text = try String(contentsOf: original, encoding: .utf8)
        for (old, new) in kind.replacements(place) {
            try #require(text.contains(old), "deploy/\(kind.file) has no \(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        let configuration = place.folder.appending(path: kind.file)
        try Data(text.utf8).write(to: configuration)
        guard let frame = kind.frame(of: configuration, place) else { return configuration }
        let main = place.folder.appending(path: "main.conf")
        try Data(frame.utf8).write(to: main)
        return main
    }

    /// Calls the public URL by TLS; `source` is the client's own address.
    func client(from source: String = "127.0.0.1") -> HTTPClient {
        HTTPClient(
            base: ProxyKind.publicURL,
            way: NetworkWay(
                connectTo: "\(ProxyKind.host):443:127.0.0.1:\(place.https)", root: authority.root.path(), source: source
            ))
    }

    /// Calls the public name without TLS.
    var plainClient: HTTPClient {
        HTTPClient(
            base: "http://\(ProxyKind.host)",
            way: NetworkWay(connectTo: "\(ProxyKind.host):80:127.0.0.1:\(place.http)", root: nil, source: "127.0.0.1"))
    }

    /// All that the proxy wrote, wherever it did.
    var log: String {
        let files =
            (try? FileManager.default.contentsOfDirectory(at: place.folder, includingPropertiesForKeys: nil)) ?? []
        let logs = files.filter { $0.pathExtension == "log" }.compactMap {
            try? String(contentsOf: $0, encoding: .utf8)
        }
        return logs.joined() + process.output + process.errors
    }

    /// An administrator's shop, by way of the proxy.
    func shop() async throws -> Shop {
        Shop(http: client(), token: try await lab.shop().token)
    }
}
