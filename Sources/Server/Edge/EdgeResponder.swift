import Engine
import HTTPTypes
import Logging
import Storage

/// Takes every request: finds its route, checks what holds for all of them, and sees to it that every answer, also a
/// failure, has its headers and its line in the log.
struct EdgeResponder: Sendable {
    let context: HTTPContext
    let routes: RouteTable
    let hostRule: HostRule
    let crossOrigin: CrossOrigin
    let securityHeaders: SecurityHeaders
    let clients: ClientReader
    let log: RequestLog
    let refusals: RefusalLog
    let metrics: HTTPMetrics
    private let date = CurrentHTTPDate()

    init(_ context: HTTPContext, routes: RouteTable) {
        let settings = context.settings
        self.context = context
        self.routes = routes
        hostRule = HostRule(publicURL: settings.publicURL, listensOnLoopback: settings.listensOnLoopback)
        crossOrigin = context.crossOrigin
        securityHeaders = SecurityHeaders(isHTTPS: settings.publicURL.isHTTPS)
        clients = ClientReader(trustedProxies: settings.trustedProxies, geoHeaders: settings.geoHeaders)
        log = RequestLog(logger: context.logger)
        refusals = RefusalLog(logger: context.logger)
        metrics = HTTPMetrics(routes, context.metrics.factory)
    }

    func answer(to arrival: Arrival) async -> OutgoingAnswer {
        switch arrival {
        case .request(let request): await respond(to: request)
        case .refused(let request): refuse(request)
        }
    }

    private func respond(to request: IncomingRequest) async -> OutgoingAnswer {
        let start = ContinuousClock.now
        refusals.summarizeWhenDue()
        let found = routes.find(request.path)
        let exchange = exchange(of: request, found)
        var response: Response
        do {
            response = try await answer(exchange, authority: request.head.authority, found)
        } catch {
            response = Problem(failure: failure(error, exchange), requestID: exchange.id).response
        }
        addWhatIsTaken(by: found?.route, to: &response)
        if let date = exchange.notes.content.action.flatMap(deprecationDate) { response.headers[.deprecation] = date }
        if let route = found?.route, route.isForOtherOrigins { crossOrigin.apply(to: &response.headers, of: exchange) }
        let duration = ContinuousClock.now - start
        log.write(exchange, status: response.status, took: duration)
        metrics.note(found?.route, exchange.method, response.status, took: duration)
        return finished(response, exchange.id, exchange.method)
    }

    /// The answer to a request that the edge did not let through.
    private func refuse(_ request: RefusedRequest) -> OutgoingAnswer {
        let id = requestID(request.head?.headerFields ?? [:], peer: request.peer)
        let response = Problem(failure: request.failure, requestID: id).response
        if refusals.mayWrite(request.failure.code) { log.write(request, id: id, status: response.status) }
        metrics.note(nil, request.head?.method ?? .get, response.status, took: .zero)
        return finished(response, id, request.head?.method)
    }

    private func answer(_ exchange: Exchange, authority: String?, _ found: RouteTable.Match?) async throws -> Response {
        if found?.route.takesAnyHost != true { try hostRule.check(authority) }
        guard let route = found?.route else {
            // Neither asks for a route: the one for a tunnel, the other about the server (RFC 9110 §9.3.6, §9.3.7).
            if exchange.method == .connect || exchange.path == "*" {
                throw CommandFailure(
                    .methodNotAllowed,
                    "This server has no \(exchange.method.rawValue) for `\(exchange.path.prefix(100))`.")
            }
            throw CommandFailure.notFound("`\(RequestLog.safe(exchange.path))` here. `/openapi.json` lists the routes")
        }
        if route.isForOtherOrigins, let answer = try crossOrigin.preflight(exchange, for: route) { return answer }
        guard let handler = route.handler(for: exchange.method) else {
            throw CommandFailure(
                .methodNotAllowed, "This route takes \(route.allow), not \(exchange.method.rawValue).")
        }
        do {
            return try await handler(exchange)
        } catch {
            guard let page = route.failurePage else { throw error }
            return try page(failure(error, exchange), exchange)
        }
    }

    /// Since when an action should not be called any more, as the header says it (RFC 9745).
    private func deprecationDate(_ action: Action) -> String? {
        context.engine.registry.descriptor(action)?.deprecation?.moment.map { "@\($0.seconds)" }
    }

    private func exchange(of request: IncomingRequest, _ found: RouteTable.Match?) -> Exchange {
        Exchange(
            id: requestID(request.head.headerFields, peer: request.peer), method: request.head.method,
            path: request.path, query: request.query, headers: request.head.headerFields, peer: request.peer,
            client: clients.client(of: request.head, peer: request.peer), body: request.body,
            takesForms: found?.route.takesForms ?? false, parameters: found?.parameters ?? [], notes: RequestNotes())
    }

    private func requestID(_ headers: HTTPFields, peer: String?) -> String {
        let given = clients.isTrusted(peer) ? RequestID.given(in: headers) : nil
        return given ?? RequestID.make(context.random)
    }

    /// RFC 9110 §15.5.6 and §15.5.16.
    private func addWhatIsTaken(by route: Route?, to response: inout Response) {
        switch response.status {
        case .methodNotAllowed: response.headers[.allow] = route?.allow ?? routes.allow
        case .unsupportedMediaType:
            response.headers[.acceptPost] = MediaTypes.json + (route?.takesForms == true ? ", " + MediaTypes.form : "")
        default: break
        }
    }

    private func finished(_ response: Response, _ id: String, _ method: HTTPRequest.Method?) -> OutgoingAnswer {
        var response = response
        response.headers.append(HTTPField(name: .requestID, value: id))
        response.headers.append(HTTPField(name: .date, value: date.text(at: context.clock.now())))
        return OutgoingAnswer(
            response, isHeadOnly: method == .head,
            closes: response.status == .misdirectedRequest || context.isDraining(),
            fixed: securityHeaders.lines(beside: response.headers))
    }

    /// Any error as a failure; one that nobody foresaw is logged here.
    private func failure(_ error: any Error, _ head: Exchange) -> CommandFailure {
        if let failure = error as? CommandFailure { return failure }
        // From looking up a token, which is no command.
        if let failure = (error as? StorageError).map(CommandFailure.of), failure.code == .unavailable {
            context.logger.warning(
                "database unavailable", metadata: ["requestId": "\(head.id)", "cause": "\(error)"])
            return failure
        }
        context.logger.error(
            "request failed",
            metadata: ["requestId": "\(head.id)", "path": "\(RequestLog.safe(head.path))", "cause": "\(error)"])
        return .internal(error)
    }
}
