import Glibc
import JSON

/// The files that `usher validate` reads.
enum SchemaFiles {
    /// A file, or standard input for `-`.
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return StandardInput.bytes() }
        do {
            return try SystemFiles.read(path)
        } catch {
            throw CannotStart("\(path) \(error).")
        }
    }

    /// Reads JSON as deep as the parser goes; what clients send to the server may be less deep.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        try JSONValue(parsing: bytes, limits: JSONLimits(maximumDepth: 1000))
    }

    static func json(_ path: String) throws -> JSONValue {
        let bytes = try read(path)
        do throws(JSONSyntaxError) {
            return try parse(bytes)
        } catch {
            throw CannotStart("\(path) is not JSON: \(error.message)")
        }
    }

    /// What a `file:` URI names; nil for other URIs, and for what is not there or no JSON.
    static func document(_ uri: String) -> JSONValue? {
        guard uri.hasPrefix("file://") else { return nil }
        return try? json(String(uri.dropFirst("file://".count)))
    }
}

enum StandardInput {
    /// Everything that a pipe or a terminal sends, byte for byte, until its end.
    static func bytes() -> [UInt8] {
        var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while case let count = unsafe Glibc.read(STDIN_FILENO, &chunk, chunk.count), count > 0 {
            bytes += chunk.prefix(count)
        }
        return bytes
    }
}
