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
