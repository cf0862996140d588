import Engine
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// Takes every request: finds its route, checks what holds for all of them, and sees to it that every answer, also a
/// failure, has its headers and its line in the log.
struct EdgeResponder: HTTPResponder {
    let context: HTTPContext
    let routes: RouteTable
    let hostRule: HostRule
    let crossOrigin: CrossOrigin
    let securityHeaders: SecurityHeaders
    let clients: ClientReader
    let log: RequestLog

    init(_ context: HTTPContext, routes: RouteTable) {
        let settings = context.settings
        self.context = context
        self.routes = routes
        hostRule = HostRule(publicURL: settings.publicURL, listensOnLoopback: settings.listensOnLoopback)
        crossOrigin = context.crossOrigin
        securityHeaders = SecurityHeaders(isHTTPS: settings.publicURL.isHTTPS)
        clients = ClientReader(trustedProxies: settings.trustedProxies, geoHeaders: settings.geoHeaders)
        log = RequestLog(logger: context.logger)
    }

    func respond(to request: Request, context connection: EdgeContext) async -> Response {
        let start = ContinuousClock.now
        let found = routes.find(request.uri.path)
        let head = exchange(of: request, peer: connection.peer, found)
        var response: Response
        do {
            response = try await answer(request, head, found)
        } catch {
            response = Problem(failure: failure(error, head), requestID: head.id).response
            if let route = found?.route { Self.addWhatIsTaken(by: route, to: &response) }
        }
        finish(&response, head, found?.route)
        log.write(head, status: response.status, took: .now - start)
        return head.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ head: Exchange, _ found: RouteTable.Match?) async throws -> Response {
        if found?.route.takesAnyHost != true { try hostRule.check(request.head.authority) }
        guard let found else {
            throw CommandFailure.notFound("`\(RequestLog.safe(head.path))` here. `/openapi.json` lists the routes")
        }
        let route = found.route
        if route.isForOtherOrigins, let answer = try crossOrigin.preflight(head, for: route) { return answer }
        guard let handler = route.handler(for: head.method) else {
            throw CommandFailure(
                .methodNotAllowed, "This route takes \(route.allow), not \(head.method.rawValue).")
        }
        let exchange = head.with(body: try await request.collectedBody())
        do {
            return try await handler(exchange)
        } catch {
            guard let page = route.failurePage else { throw error }
            return try page(failure(error, exchange), exchange)
        }
    }

    private func exchange(of request: Request, peer: String?, _ found: RouteTable.Match?) -> Exchange {
        Exchange(
            id: RequestID.make(context.random), method: request.method, path: request.uri.path,
            query: request.uri.query ?? "", headers: request.headers,
            client: clients.client(of: request.head, peer: peer), body: [],
            takesForms: found?.route.takesForms ?? false, parameters: found?.parameters ?? [], notes: RequestNotes())
    }

    /// RFC 9110 §15.5.6 and §15.5.16.
    private static func addWhatIsTaken(by route: Route, to response: inout Response) {
        switch response.status {
        case .methodNotAllowed: response.headers[.allow] = route.allow
        case .unsupportedMediaType:
            response.headers[.acceptPost] = MediaTypes.json + (route.takesForms ? ", " + MediaTypes.form : "")
        default: break
        }
    }

    private func finish(_ response: inout Response, _ head: Exchange, _ route: Route?) {
        response.headers[.requestID] = head.id
        if route?.isForOtherOrigins == true { crossOrigin.apply(to: &response.headers, of: head) }
        securityHeaders.apply(to: &response.headers)
        let isBroken = [.contentTooLarge, .misdirectedRequest].contains(response.status)
        if isBroken || context.isDraining() { response.headers[.connection] = "close" }
    }

    /// Any error as a failure; one that nobody foresaw is logged here.
    private func failure(_ error: any Error, _ head: Exchange) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: return failure
        // From looking up a token, which is no command.
        case StorageError.unavailable:
            context.logger.warning(
                "database unavailable", metadata: ["requestId": "\(head.id)", "cause": "\(error)"])
            return .unavailable("The database cannot serve this now. Try again.", cause: error)
        default: break
        }
        context.logger.error(
            "request failed",
            metadata: ["requestId": "\(head.id)", "path": "\(RequestLog.safe(head.path))", "cause": "\(error)"])
        return .internal(error)
    }
}

extension Exchange {
    fileprivate func with(body: [UInt8]) -> Exchange {
        Exchange(
            id: id, method: method, path: path, query: query, headers: headers, client: client, body: body,
            takesForms: takesForms, parameters: parameters, notes: notes)
    }
}
