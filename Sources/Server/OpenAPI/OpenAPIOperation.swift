import Engine
import JSON

/// What the document says of one method of a route, besides what holds for all.
struct OpenAPIOperation {
    enum Tag: String, CaseIterable {
        case sessions, passwords, administration, webhook, server, pages

        var about: String {
            switch self {
            case .sessions: "Log in, confirm a session, log out."
            case .passwords: "Set a password with a mail's link, or change it."
            case .administration: "For users with the role ADMIN."
            case .webhook: "Commands for shops and scripts."
            case .server: "What machines ask."
            case .pages: "What people see in a browser. Forms post to the page that shows them, with its hidden token."
            }
        }
    }

    /// What answers.
    enum Kind {
        case command(Action, OpenAPIPlace)
        case webhook
        case page(OpenAPIPage)
        case machine(OpenAPIMachine)
    }

    let method: String
    let path: String
    let tag: Tag
    var security = OpenAPISecurity.anyone
    let kind: Kind
    /// Besides those that follow from the rest.
    var failures: Set<CommandFailure.Code> = []
    /// Whether its answers set or clear the cookie of the refresh token.
    var setsCookie = false
    /// Whether it is another spelling of the one before.
    var isAlias = false
    /// Members of the body that may stand in the query instead.
    var alsoInQuery: [String] = []
    /// The command that runs instead where the query has its parameters.
    var single: Action?

    /// The operation as the document has it; nil if nobody can use it, because its command is switched off.
    func item(
        of route: Route, _ descriptors: [Descriptor], _ components: inout OpenAPIComponents
    ) -> JSONObject? {
        guard let parts = parts(descriptors, &components) else { return nil }
        var item: JSONObject = [
            "operationId": .string(parts.id + (isAlias ? "Alias" : "")), "tags": [.string(tag.rawValue)],
            "summary": .string(parts.summary),
        ]
        item["description"] = parts.description.map { .string($0) }
        if parts.isDeprecated { item["deprecated"] = true }
        item["security"] = security.requirement
        if !parts.parameters.isEmpty { item["parameters"] = .array(parts.parameters) }
        item["requestBody"] = parts.requestBody
        var responses = JSONObject()
        for answer in parts.answers { responses[answer.status] = answer.json }
        for (status, answer) in failures(of: route, parts).answers(&components) { responses[status] = answer }
        item["responses"] = .object(responses)
        return item
    }

    private func parts(_ descriptors: [Descriptor], _ components: inout OpenAPIComponents) -> OpenAPIParts? {
        switch kind {
        case .command(let action, let place):
            func find(_ action: Action) -> Descriptor? {
                descriptors.first { $0.action == action && $0.channels.contains(.http) }
            }
            guard let descriptor = find(action) else {
                return single.flatMap(find).map { OpenAPICommand.alone($0, &components) }
            }
            return OpenAPICommand(
                descriptor: descriptor, place: place, setsCookie: setsCookie, single: single.flatMap(find),
                alsoInQuery: alsoInQuery,
                actions: descriptors.filter { $0.channels.contains(.webhook) }.flatMap(\.action.spellings)
            ).parts(&components)
        case .webhook:
            let commands = descriptors.filter { $0.channels.contains(.webhook) }
            return commands.isEmpty ? nil : OpenAPIWebhook(commands: commands).parts(&components)
        case .page(let page):
            let isOff = page.command.map { command in !descriptors.contains { $0.action == command } } ?? false
            return isOff ? nil : page.parts(method)
        case .machine(let machine):
            return machine.parts
        }
    }

    private func failures(of route: Route, _ parts: OpenAPIParts) -> OpenAPIFailures {
        var codes = OpenAPIFailures.edge(takesAnyHost: route.takesAnyHost).union(security.failures).union(failures)
        codes.formUnion(parts.failures)
        if parts.requestBody != nil { codes.formUnion([.invalidJSON, .unsupportedMediaType, .invalidInput]) }
        if !parts.parameters.isEmpty { codes.insert(.invalidInput) }
        var result = OpenAPIFailures(codes: codes)
        if route.failurePage != nil { result.words = .pages }
        if case .webhook = kind { result.isOpen = parts.hasForeignCommands }
        // A login that is refused leaves the cookie as it is.
        if setsCookie, security.failures.contains(.forbidden) { result.clearsCookie = true }
        return result
    }
}

/// What an operation consists of, whatever answers it.
struct OpenAPIParts {
    let id: String
    let summary: String
    var description: String?
    var isDeprecated = false
    var parameters: [JSONValue] = []
    var requestBody: JSONValue?
    var answers: [OpenAPIAnswer]
    var failures: Set<CommandFailure.Code> = []
    /// Whether commands of plugins are among them, of whose failures nothing is known here.
    var hasForeignCommands = false
}

/// An answer that is no failure.
struct OpenAPIAnswer {
    var status = "200"
    var description = "Done."
    var type = MediaTypes.json
    var schema: JSONValue?
    var examples: [(name: String, value: JSONValue)] = []
    var headers: JSONObject = [:]

    static func seeOther(_ description: String) -> Self {
        Self(status: "303", description: description, headers: ["Location": OpenAPIHeader.location])
    }

    var json: JSONValue {
        var all = OpenAPIHeader.always
        for (name, header) in headers { all[name] = header }
        var answer: JSONObject = ["description": .string(description), "headers": .object(all)]
        if let schema { answer["content"] = [type: Self.content(schema, examples)] }
        return .object(answer)
    }

    /// A body with its examples.
    static func content(_ schema: JSONValue, _ examples: [(name: String, value: JSONValue)]) -> JSONValue {
        var content: JSONObject = ["schema": schema]
        if !examples.isEmpty {
            content["examples"] = .object(JSONObject(examples.map { ($0.name, ["value": $0.value]) }))
        }
        return .object(content)
    }
}
