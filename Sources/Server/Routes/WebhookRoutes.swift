import Engine
import JSON
import Storage

/// The one door for shops and scripts: the action is in the body.
struct WebhookRoutes: Sendable {
    let engine: CommandEngine
    let authentication: RouteAuthentication

    var routes: [Route] {
        [.post("/api/webhook", run).takingForms, .post("/api/webhooks", run).takingForms]
    }

    @Sendable private func run(_ exchange: Exchange) async throws -> Response {
        let start = ContinuousClock.now
        let caller = try await authentication.webhook(exchange)
        guard var payload = try exchange.payload().objectValue else {
            throw CommandFailure.invalidInput(
                "", keyword: "type", "The body must be an object such as `{\"action\":\"list-users\"}`.")
        }
        guard let name = payload["action"]?.stringValue else {
            let reason = payload["action"] == nil ? "is missing" : "is not text"
            throw CommandFailure.invalidInput(
                "/action", keyword: payload["action"] == nil ? "required" : "type",
                "`action` \(reason). Send the name of a command, such as `create-user`.")
        }
        payload["action"] = nil
        let action = Action(rawValue: name)
        let known = engine.registry.descriptor(action)?.action
        if action.isWellFormed || known != nil { exchange.notes.note(known ?? action) }
        let response = try await engine.run(action, .object(payload), for: exchange.request(.webhook, by: caller))
        let time = ContinuousClock.now - start
        return .json(["success": true, "response": response, "time": .number(JSONNumber(time.milliseconds))])
    }
}
