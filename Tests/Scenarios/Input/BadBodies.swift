import JSON
import Testing

/// Bodies that cannot be read, at every door that takes one.
struct BadBodies {
    /// Every route that takes a body, with what it asks for besides; `isOptional` where a body may be left out.
    private struct Door {
        let path: String
        var headers: [String: String] = [:]
        var isOptional = false
    }

    private func doors(_ office: Office) -> [Door] {
        [
            Door(path: "/api/webhook", headers: bearer(office.shop.token)),
            Door(path: "/api/webhook/create", headers: bearer(office.adminLogin.accessToken)),
            Door(path: "/api/auth/login"),
            Door(path: "/api/auth/refresh-token", isOptional: true),
            Door(path: "/api/auth/logout", isOptional: true),
            Door(path: "/api/auth/reset-password"),
            Door(path: "/api/auth/create-password"),
            Door(path: "/api/auth/change-password", headers: bearer(office.login.accessToken)),
        ]
    }

    private static let deep = String(repeating: #"{"a":"#, count: 33) + "1" + String(repeating: "}", count: 33)

    private static let unreadable: [(body: String, says: String)] = [
        ("not json", "line 1, column 1"),
        ("{", "line 1, column 2"),
        ("{'a': 1}", "line 1, column 2"),
        (#"{"a": 1,}"#, "line 1, column 9"),
        ("{\"a\":\n  tru}", "line 2, column 3"),
        (#"{"a": 01}"#, "line 1"),
        (#"{"a": NaN}"#, "line 1, column 7"),
        ("{} {}", "line 1, column 4"),
        (#"{"email": "a", "email": "b"}"#, "`email`"),
        (deep, "32"),
        (#"{"name": "\ud800"}"#, "surrogate"),
        (#"{"\udc00": 1}"#, "surrogate"),
    ]

    @Test func whatIsNotJSONIsToldWhere() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        for door in doors(office) {
            func post(_ body: String) async throws -> HTTPResponse {
                try await office.lab.http.post(
                    door.path, .raw(body, type: "application/json"), headers: door.headers)
            }
            if !door.isOptional { Refusal.json("empty", "JSON object").check(try await post(""), "\(door.path) empty") }
            for (body, says) in Self.unreadable {
                Refusal.json(says).check(try await post(body), "\(door.path) \(body.prefix(40))")
            }
            let large = #"{"a":""# + String(repeating: "x", count: 65_536 - 7) + #""}"#
            Refusal(status: 413, code: "PAYLOAD_TOO_LARGE", says: ["64 KiB"])
                .check(try await post(large), "\(door.path) 64 KiB and a byte")
            Refusal.input([""], "object").check(try await post("[]"), "\(door.path) a list")
        }
        #expect(try await office.everything() == before)
        office.checkLog()
    }

    @Test func aBodyOfAnotherTypeIsToldWhichIsRight() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        for door in doors(office) {
            for type in ["text/plain", "text/xml", "multipart/form-data; boundary=x", "application/json-seq"] {
                let response = try await office.lab.http.post(
                    door.path, .raw("email=ann", type: type), headers: door.headers)
                Refusal(status: 415, code: "UNSUPPORTED_MEDIA_TYPE", says: ["`Content-Type: application/json`"])
                    .check(response, "\(door.path) \(type)")
            }
            guard door.path != "/api/webhook" else { continue }
            let form = try await office.lab.http.post(door.path, .form([("email", "ann")]), headers: door.headers)
            #expect(form.status == 415, "\(door.path): \(form.text)")
        }
        #expect(try await office.everything() == before)
    }

    @Test func aWebhookBodyNeedsAnActionThatIsThere() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let example = "such as `create-user`"
        for body in ["{}", #"{"Action": "create-user"}"#, #"{"email": "x@example.com"}"#] {
            Refusal.input(["/action"], "`action` is missing", example).check(try await office.webhook(body), body)
        }
        for value in ["5", "null", "true", "[]", "{}", #"["create-user"]"#] {
            let body = #"{"action": \#(value)}"#
            Refusal.input(["/action"], "`action` is not text", example).check(try await office.webhook(body), body)
        }
        let unknown = [
            ("create-usr", "`create-user`"), ("CreateUser", "`create-user`"), ("update_license", "`update-license`"),
            ("", "no action"), ("frobnicate", "`frobnicate`"), ("create-user\\u0000", "no action"),
            (String(repeating: "a", count: 5000), "no action"),
        ]
        for (name, says) in unknown {
            let response = try await office.webhook(#"{"action": "\#(name)"}"#)
            Refusal(status: 404, code: "ACTION_NOT_FOUND", says: [says]).check(response, name)
            #expect(response.body.count < 1000, "\(name.prefix(20))")
        }
        Refusal.input(["/action"], "`action` is missing").check(
            try await office.form([("email", "x@example.com")]), "form without an action")
        Refusal(status: 404, code: "ACTION_NOT_FOUND", says: ["`create-user`"]).check(
            try await office.form([("action", "create-usr")]), "form with another action")
        #expect(try await office.everything() == before)
    }

    @Test func aFormThatCanBeReadInTwoWaysIsRefused() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let start = "action=create-user&email=x%40example.com&name=X"
        let forms: [(String, Refusal)] = [
            ("\(start)&email=y%40example.com", .input(["/email"], "`email` comes twice")),
            ("\(start)&license=1&license.seats=2", .input(["/license/seats"], "`license.seats`")),
            ("\(start)&a.b.c.d.e.f.g.h.i=1", .input(["/a/b/c/d/e/f/g/h/i"], "`a.b.c.d.e.f.g.h.i`")),
            ("\(start)&locale=%FF", .input([""], "UTF-8", "`%25`")),
            ("\(start)&locale=100%", .input([""], "`%25`")),
            ("action=create-user&email=x%40example.com&name=a%00b", .input(["/name"], "NUL")),
        ]
        for (form, refusal) in forms {
            let response = try await office.webhook(form, type: "application/x-www-form-urlencoded")
            refusal.check(response, form)
        }
        #expect(try await office.everything() == before)
    }
}
