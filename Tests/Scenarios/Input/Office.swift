import JSON
import Testing

/// A server with an administrator and a customer, and all that can be seen of them: what bad input must not change.
struct Office: Sendable {
    let lab: Lab
    let shop: Shop
    let admin: Customer
    /// Has a licence of two seats and a session on one of them.
    let ann: Customer
    let adminLogin: Login
    let login: Login

    static func open() async throws -> Office {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let admin = try await shop.administrator()
        let ann = try await shop.customer("ann", seats: 2)
        return Office(
            lab: lab, shop: shop, admin: admin, ann: ann, adminLogin: try await admin.session(),
            login: try await ann.session())
    }

    /// Everything that the interface shows: users with their licences, sessions and webhook tokens, and the audit.
    func everything() async throws -> [String: [JSONValue]] {
        ["users": try await all("/api/users"), "audit": try await all("/api/audit")]
    }

    func users() async throws -> [JSONValue] { try await all("/api/users") }

    private func all(_ path: String) async throws -> [JSONValue] {
        var (items, cursor): ([JSONValue], String?) = ([], nil)
        repeat {
            let query = cursor.map { "&cursor=\($0)" } ?? ""
            let response = try await lab.http.get("\(path)?limit=100\(query)", headers: bearer(adminLogin.accessToken))
            guard response.status == 200 else { throw Unexpected("a list", response) }
            let page = try response.json()
            items += (page["items"]?.items ?? []).map(withoutLastUse)
            cursor = page["nextCursor"]?.stringValue
        } while cursor != nil
        return items
    }

    /// That a token was sent is no change.
    private func withoutLastUse(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(withoutLastUse))
        case .object(let object):
            .object(JSONObject(object.filter { $0.key != "lastUsedAt" }.map { ($0.key, withoutLastUse($0.value)) }))
        default: value
        }
    }

    /// Calls the webhook with exactly this body.
    func webhook(_ body: String, type: String? = "application/json") async throws -> HTTPResponse {
        try await lab.http.post("/api/webhook", .raw(body, type: type), headers: bearer(shop.token))
    }

    /// Calls the webhook with a form.
    func form(_ fields: [(String, String)]) async throws -> HTTPResponse {
        try await lab.http.post("/api/webhook", .form(fields), headers: bearer(shop.token))
    }

    /// None of what only its owner may know is in the log.
    func checkLog() {
        let secrets = [
            shop.token, admin.password, ann.password, login.accessToken, login.refreshToken, adminLogin.accessToken,
        ]
        for secret in secrets { #expect(!lab.log.contains(secret)) }
    }
}

/// What an answer to bad input has to be.
struct Refusal: Sendable {
    let status: Int
    let code: String
    /// The place of each mistake, if places matter.
    var places: Set<String> = []
    /// What the sentences say: which field, and what would be right.
    var says: [String] = []

    static func input(_ places: Set<String>, _ says: String...) -> Refusal {
        Refusal(status: 422, code: "INVALID_INPUT", places: places, says: says)
    }

    static func json(_ says: String...) -> Refusal { Refusal(status: 400, code: "INVALID_JSON", says: says) }

    static func token(_ says: String...) -> Refusal { Refusal(status: 401, code: "INVALID_TOKEN", says: says) }

    /// Compares, and names the `attempt` when they differ.
    func check(_ response: HTTPResponse, _ attempt: String) {
        #expect(response.status == status && response.code == code, "\(attempt): \(response.text)")
        #expect(response.pointers == places, "\(attempt): \(response.text)")
        let mistakes = (try? response.json())?["errors"]?.items ?? []
        let sentences = ([response.detail] + mistakes.compactMap { $0["message"]?.stringValue }).joined(separator: "\n")
        for part in says { #expect(sentences.contains(part), "\(attempt): no “\(part)” in \(sentences)") }
        for sentence in mistakes.compactMap({ $0["message"]?.stringValue }) {
            #expect(!sentence.contains("pattern") && !sentence.contains("allowed forms"), "\(attempt): \(sentence)")
        }
    }
}
