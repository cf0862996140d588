import Commands
import Cryptography
import Engine
import HTTPTypes
import JSON
import Logging
import Mailer
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Server

/// The HTTP side over stand-in commands, called without a socket.
struct HTTPUnderTest {
    static let refreshToken = "ush_rt_the-next-one"
    static let accessToken = "access-of-ann"
    static let webhookToken = "ush_wh_of-the-shop"

    let responder: EdgeResponder
    let context: HTTPContext
    let clock: ManualClock
    /// Kept for as long as the database is used.
    private let place: TestDatabase

    /// What a test says otherwise than usual.
    struct Options {
        var publicURL = "http://localhost:8080"
        var listensOnLoopback = true
        var allowedOrigins = ""
        var trustedProxies = ""
        var metricsFrom = ""
        var appURL: String?
        var notReady: [String] = []
        var mailStatus: MailStatus?
        var isDraining = false
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var login: TokenServices.GiveTokens = { (payload, _) async throws(CommandFailure) in StandInTokens(payload) }
        var refresh: TokenServices.GiveTokens = { (payload, _) async throws(CommandFailure) in StandInTokens(payload) }
        var links: [String: PasswordLinkState] = [
            "good": .live(.init(email: "ann@example.com", name: "Ann Berger")), "used": .spent, "old": .expired,
        ]
    }

    init(_ change: (inout Options) -> Void = { _ in }) async throws {
        var options = Options()
        change(&options)
        clock = ManualClock(Timestamp(milliseconds: 1_800_000_000_000))
        let logger = options.logger
        place = try TestDatabase()
        let database = try place.open()
        try await database.migrate([AuditLog.migration])
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        let registry = try Registry(plugins: [StandInPlugin()], shipped: nothing)
        let engine = CommandEngine(registry: registry, database: database, clock: clock.clock, logger: logger)
        let (links, notReady, mailStatus) = (options.links, options.notReady, options.mailStatus)
        let isDraining = options.isDraining
        context = HTTPContext(
            settings: HTTPSettings(
                publicURL: try PublicURL(parsing: options.publicURL), listensOnLoopback: options.listensOnLoopback,
                allowedOrigins: try WebOrigin.list(options.allowedOrigins),
                trustedProxies: try AddressRanges(parsing: options.trustedProxies),
                metricsFrom: try AddressRanges(parsing: options.metricsFrom), appName: "Studio",
                appURL: options.appURL),
            engine: engine,
            tokens: TokenServices(
                accessTokenCaller: { token in
                    if token == Secret("busy") { throw StorageError.unavailable("The disk is full.") }
                    if token == Secret("broken") { throw WrongHeader(name: "broken") }
                    guard token == Secret(Self.accessToken) else { throw CommandFailure.invalidToken("No.") }
                    return .user(id: 7, sessionID: 70, isAdmin: true)
                },
                webhookTokenCaller: { token in
                    guard token == Secret(Self.webhookToken) else { throw CommandFailure.invalidToken("No.") }
                    return .webhook(id: 3, userID: 7, actions: nil)
                },
                login: options.login, refresh: options.refresh,
                linkState: { links[$0.unredacted] ?? .unknown }, account: { _ in nil }, jwks: { ["keys": []] },
                formKey: SecretBytes(Array(repeating: 5, count: 32))),
            clock: clock.clock, logger: logger, readiness: { notReady }, mailStatus: { mailStatus },
            isDraining: { isDraining })
        responder = EdgeResponder(context, routes: try .all(context))
    }

    /// Sends one request; `headers` may name `Host`, which is the public URL's otherwise.
    func send(
        _ method: String, _ target: String, _ headers: [String: String] = [:], body: String = "",
        peer: String = "127.0.0.1"
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers where name != "Host" {
            guard let name = HTTPField.Name(name) else { throw WrongHeader(name: name) }
            fields[name] = value
        }
        guard let method = HTTPRequest.Method(method) else { throw WrongHeader(name: method) }
        let host = headers["Host"] ?? context.settings.publicURL.origin.authority
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: target, headerFields: fields)
        let request = IncomingRequest(head: head, body: Array(body.utf8), peer: peer)
        return try await Answer(responder.answer(to: .request(request)))
    }

    func post(_ target: String, _ headers: [String: String] = [:], json: String) async throws -> Answer {
        try await send(
            "POST", target, headers.merging(["Content-Type": "application/json"]) { own, _ in own }, body: json)
    }

    func post(_ target: String, _ headers: [String: String] = [:], form: String) async throws -> Answer {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await send("POST", target, headers.merging(type) { own, _ in own }, body: form)
    }

    struct WrongHeader: Error {
        let name: String
    }
}

/// An answer, read to its end.
struct Answer {
    let status: Int
    let headers: HTTPFields
    /// Whether it is the last one of its connection.
    let closes: Bool
    let text: String

    init(_ answer: OutgoingAnswer) throws {
        // A line's end is one Character.
        let lines = String(decoding: answer.head, as: UTF8.self).split(separator: "\r\n")
        status = try #require(Int(lines[0].split(separator: " ")[1]))
        var fields = HTTPFields()
        for line in lines.dropFirst() {
            let halves = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try #require(HTTPField.Name(String(halves[0])))
            fields.append(HTTPField(name: name, value: String(halves[1])))
        }
        headers = fields
        closes = answer.closes
        text = String(decoding: answer.body, as: UTF8.self)
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    var code: String? { json["code"]?.stringValue }
    var detail: String { json["detail"]?.stringValue ?? "" }
    var pointers: [String] { (json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue } }

    /// The value of a hidden field of a page.
    func hidden(_ name: String) -> String? {
        guard let start = text.firstRange(of: "type=\"hidden\" name=\"\(name)\" value=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// Tokens that tell what the command was given.
struct StandInTokens: SessionTokens {
    let refreshToken = Secret(HTTPUnderTest.refreshToken)
    let cookieLifetime = Duration.seconds(1000)
    let payload: JSONValue

    init(_ payload: JSONValue) {
        self.payload = payload
    }

    var members: JSONObject {
        [
            "accessToken": .string(HTTPUnderTest.accessToken), "refreshToken": .string(refreshToken.unredacted),
            "payload": payload,
        ]
    }
}
