import Foundation
import TestSupport

/// A lab whose disk does what it is told: slow, full, or broken, and mended again, under a running server.
///
/// The rules are those of `Tests/Preload/disk_faults.c`.
struct FaultyDisk {
    let lab: Lab
    private static let rules = "disk_faults.rules"

    /// Starts a server on such a disk, which is sound for now; nil, with a message, where there is no C compiler.
    static func start(leftOut test: String) async throws -> FaultyDisk? {
        let compiler = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let compiler else {
            print("Left out: \(test). It needs a C compiler (cc).")
            return nil
        }
        let lab = try await Lab.idle(settings: [
            "LD_PRELOAD": "./disk_faults.so", "DISK_FAULTS": rules, "USHER_RATE_LIMITS": "off",
        ])
        let built = try await Subprocess(
            URL(filePath: compiler), ["-shared", "-fPIC", "-o", "disk_faults.so", source.path()],
            environment: ["PATH": "/usr/bin:/bin"], folder: lab.folder
        ).wait()
        guard built.status == 0 else { throw ControlError(description: built.errors) }
        let disk = FaultyDisk(lab: lab)
        try disk.become([])
        try await lab.serve()
        return disk
    }

    /// Puts these rules in the place of all others.
    func become(_ rules: [String]) throws {
        let text = rules.map { $0 + "\n" }.joined()
        try Data(text.utf8).write(to: lab.folder.appending(path: Self.rules), options: .atomic)
    }

    func mend() throws { try become([]) }

    private static let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Preload/disk_faults.c")
}

/// Errors of the operating system, as the rules write them.
enum DiskError {
    static let io = 5
    static let noSpace = 28
    static let readOnly = 30
}
