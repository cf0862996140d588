import HTTPTypes

/// All routes, by path; a path that is spelt otherwise, say with a slash at its end, is none.
struct RouteTable: Sendable {
    struct Match {
        let route: Route
        let parameters: [String]
    }

    /// The methods that any of them takes, as in `Allow`.
    let allow: String
    private let fixed: [String: Route]
    private let open: [(segments: [Substring], route: Route)]

    init(_ routes: [Route]) {
        let methods = Set(routes.flatMap { $0.handlers.map(\.method.rawValue) })
        allow = (methods.contains("GET") ? methods.union(["HEAD"]) : methods).sorted().joined(separator: ", ")
        fixed = Dictionary(routes.filter { !$0.path.contains("{") }.map { ($0.path, $0) }) { first, _ in first }
        open = routes.filter { $0.path.contains("{") }.map { (Self.segments($0.path), $0) }
    }

    var all: [Route] { Array(fixed.values) + open.map(\.route) }

    /// The paths of all routes, as they were written.
    var paths: [String] { all.map(\.path) }

    func find(_ path: String) -> Match? {
        if let route = fixed[path] { return Match(route: route, parameters: []) }
        let segments = Self.segments(path)
        for candidate in open {
            if let parameters = Self.parameters(segments, candidate.segments) {
                return Match(route: candidate.route, parameters: parameters)
            }
        }
        return nil
    }

    private static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }

    private static func parameters(_ segments: [Substring], _ pattern: [Substring]) -> [String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String] = []
        for (segment, expected) in zip(segments, pattern) {
            if expected.hasPrefix("{") {
                guard !segment.isEmpty else { return nil }
                parameters.append(String(segment))
            } else if segment != expected {
                return nil
            }
        }
        return parameters
    }
}
