import Foundation
import TestSupport
import Testing

/// A certificate authority of one test, and a certificate of it, made by openssl.
struct PrivateAuthority: Sendable {
    private static let openssl = URL(filePath: "/usr/bin/openssl")

    /// What clients trust.
    let root: URL
    /// Of the server.
    let certificate: URL
    let key: URL
    private let folder: URL

    /// Certifies `host`; the files are in `folder`.
    init(for host: String, in folder: URL) async throws {
        self.folder = folder
        root = folder.appending(path: "root.pem")
        certificate = folder.appending(path: "site.pem")
        key = folder.appending(path: "site.key")
        let rootKey = folder.appending(path: "root.key").path()
        let request = folder.appending(path: "site.csr").path()
        let extensions = folder.appending(path: "site.ext")
        try Data("subjectAltName=DNS:\(host)\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n".utf8)
            .write(to: extensions)
        let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        try await run(
            ["req", "-x509", "-days", "30", "-subj", "/CN=Authority of a test", "-keyout", rootKey]
                + newKey + ["-out", root.path(), "-addext", "keyUsage=critical,keyCertSign"])
        try await run(["req", "-new", "-subj", "/CN=\(host)", "-keyout", key.path(), "-out", request] + newKey)
        try await run([
            "x509", "-req", "-days", "30", "-in", request, "-CA", root.path(), "-CAkey", rootKey, "-CAcreateserial",
            "-extfile", extensions.path(), "-out", certificate.path(),
        ])
    }

    private func run(_ arguments: [String]) async throws {
        let finished = try await Subprocess(Self.openssl, arguments, environment: [:], folder: folder).wait()
        try #require(finished.status == 0, "\(finished.errors)")
    }
}
