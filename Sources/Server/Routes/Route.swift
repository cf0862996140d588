import Engine
import HTTPTypes

/// One path and what it does for each method.
struct Route: Sendable {
    typealias Handler = @Sendable (Exchange) async throws -> Response

    typealias FailurePage = @Sendable (CommandFailure, Exchange) throws -> Response

    /// A segment `{…}` takes any text.
    let path: String
    private(set) var handlers: [(method: HTTPRequest.Method, handler: Handler)] = []
    /// Whether pages of the listed origins may use it.
    var isForOtherOrigins = false
    /// Whether it answers for any `Host`: machines that check health call by address.
    var takesAnyHost = false
    /// Whether bodies may be forms besides JSON.
    var takesForms = false
    /// How people are told of a failure; nil for machines, which get a problem document.
    var failurePage: FailurePage?

    static func get(_ path: String, _ handler: @escaping Handler) -> Route {
        Route(path: path, handlers: [(.get, handler)])
    }

    static func post(_ path: String, _ handler: @escaping Handler) -> Route {
        Route(path: path, handlers: [(.post, handler)])
    }

    static func delete(_ path: String, _ handler: @escaping Handler) -> Route {
        Route(path: path, handlers: [(.delete, handler)])
    }

    /// The same route with one more method.
    func post(_ handler: @escaping Handler) -> Route {
        var route = self
        route.handlers.append((.post, handler))
        return route
    }

    /// The same route with one more method.
    func delete(_ handler: @escaping Handler) -> Route {
        var route = self
        route.handlers.append((.delete, handler))
        return route
    }

    var forOtherOrigins: Route {
        var route = self
        route.isForOtherOrigins = true
        return route
    }

    func failing(with page: @escaping FailurePage) -> Route {
        var route = self
        route.failurePage = page
        return route
    }

    var takingForms: Route {
        var route = self
        route.takesForms = true
        return route
    }

    var forAnyHost: Route {
        var route = self
        route.takesAnyHost = true
        return route
    }

    /// HEAD is GET without its body (RFC 9110 §9.3.2).
    func handler(for method: HTTPRequest.Method) -> Handler? {
        let method = method == .head ? .get : method
        return handlers.first { $0.method == method }?.handler
    }

    /// The methods it takes, as in `Allow`.
    var allow: String {
        handlers.map { $0.method == .get ? "GET, HEAD" : $0.method.rawValue }.joined(separator: ", ")
    }
}
