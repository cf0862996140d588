import JSON
import Synchronization

/// The files that `usher validate` reads.
enum SchemaFiles {
    /// A file, or standard input for `-`.
    static func read(_ path: String) throws(CannotStart) -> [UInt8] {
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

    static func json(_ path: String) throws(CannotStart) -> JSONValue {
        let bytes = try read(path)
        do {
            return try parse(bytes)
        } catch {
            throw CannotStart("\(path) is not JSON: \(error.message)")
        }
    }
}

/// The documents beside a schema, which it refers to by `file:` URIs.
final class NeighbouringFiles: Sendable {
    private static let scheme = "file://"
    private let failures = Mutex<[String]>([])

    /// Why documents that were asked for are not there, a sentence each.
    var problems: [String] { failures.withLock { $0 } }

    /// What a `file:` URI names; nil for other URIs, and for what is not there or no JSON.
    func document(_ uri: String) -> JSONValue? {
        guard uri.hasPrefix(Self.scheme),
            let path = PercentEncoding.decode(uri.dropFirst(Self.scheme.count))
        else { return nil }
        do {
            return try SchemaFiles.json(path)
        } catch {
            failures.withLock { if !$0.contains(error.description) { $0.append(error.description) } }
            return nil
        }
    }

    /// The URI of a file; what would end a path in a URI is escaped.
    static func uri(_ path: String) -> String {
        scheme + path.replacing("%", with: "%25").replacing("#", with: "%23").replacing("?", with: "%3F")
    }
}
