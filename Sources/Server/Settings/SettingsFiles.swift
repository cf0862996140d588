import FoundationEssentials

/// Reads a whole file; in tests, from a dictionary.
package typealias ReadFile = @Sendable (_ path: String) throws(FileProblem) -> [UInt8]

/// Why a file could not be read.
package enum FileProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case missing
    case unreadable(reason: String)

    package var description: String {
        switch self {
        case .missing: "does not exist"
        case .unreadable(let reason): "can't be read: \(reason)"
        }
    }
}

/// The files of this machine.
package enum SystemFiles {
    /// Reads a whole file.
    @Sendable
    package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(filePath: path)))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw .missing
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw .unreadable(reason: "permission denied")
        } catch {
            throw .unreadable(reason: "it may be a folder, or the disk has a fault")
        }
    }
}

/// Makes the paths of settings absolute.
struct WorkingDirectory {
    let path: String

    func resolve(_ file: String) -> String {
        guard !file.hasPrefix("/") else { return file }
        let relative = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
        guard !relative.isEmpty, relative != "." else { return path }
        return path.hasSuffix("/") ? path + relative : path + "/" + relative
    }
}
