import JSON
import Testing

/// Values that a command cannot take: each is told with its place and with what would be right, and nothing happens.
struct BadValues {
    private typealias Attempt = (action: String, fields: String, refusal: Refusal)

    private func check(_ cases: [Attempt]) async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        for (action, fields, refusal) in cases {
            let response = try await office.webhook(#"{"action": "\#(action)", \#(fields)}"#)
            refusal.check(response, "\(action) \(fields.prefix(200))")
        }
        #expect(try await office.everything() == before)
        office.checkLog()
    }

    @Test func aNumberOfSeatsIsAWholeNumberFromOne() async throws {
        let rule = "`seats` must be a whole number from 1 to 100000"
        let values: [(String, String)] = [
            ("0", "`seats` must be at least 1, got 0"), ("-1", "`seats` must be at least 1, got -1"),
            ("1.5", rule), (#""three""#, #"\#(rule), got "three""#), (#""0""#, rule), (#""-1""#, rule),
            (#""1.5""#, rule),
            (#""""#, rule), (#"" 2""#, rule), ("true", rule), ("[2]", rule), ("{}", rule),
            ("100001", "`seats` must be at most 100000"), (#""100001""#, rule),
            ("1e400", "`seats` must be at most 100000"), ("1e-400", rule),
            ("1" + String(repeating: "0", count: 30), "`seats` must be at most 100000"),
            ("99999999999999999999999999999999999999.5", rule),
        ]
        try await check(
            values.flatMap { value, says -> [Attempt] in
                let nested = says.replacing("`seats`", with: "`license.seats`")
                return [
                    (
                        "create-license", #""email": "ann@example.com", "validUntil": "never", "seats": \#(value)"#,
                        .input(["/seats"], says)
                    ),
                    (
                        "create-user",
                        #""email": "x@example.com", "name": "X", "license": {"validUntil": "never", "seats": \#(value)}"#,
                        .input(["/license/seats"], nested)
                    ),
                ]
            })
    }

    @Test func anEndIsAMomentThatThereIsOrNever() async throws {
        let values: [(String, String)] = [
            (#""2027-02-30""#, "`2027-02-28T00:00:00Z`"), (#""2027-13-01""#, "no month 13"),
            (#""01/02/2027""#, "`2027-01-01T00:00:00Z`"), (#""1.2.2027""#, "`2027-01-01T00:00:00Z`"),
            (#""tomorrow""#, "`2027-01-01T00:00:00Z`"), (#""NEVER""#, "`2027-01-01T00:00:00Z`"),
            (#""20270101""#, "`2027-01-01T00:00:00Z`"), (#""2027-01-01T25:00:00Z""#, "not a time of day"),
            (#""2027-01-01T00:00:00+99:00""#, "not a time of day"), (#""2027-01-01T00:00""#, "`2027-01-01T00:00:00Z`"),
            ("1798761600", "looks like seconds"), (#""1798761600""#, "`2027-01-01T00:00:00Z`"),
            ("0", "looks like seconds"), ("-1", "1970"), ("253402300800000", "9999"),
            ("1e400", "9999"), ("1" + String(repeating: "0", count: 30), "9999"), (#""10000-01-01""#, "not a time"),
            ("1.5", "2027-01-01T00:00:00Z"), ("true", "2027-01-01T00:00:00Z"), (#""""#, "2027-01-01T00:00:00Z"),
            (#""\#(String(repeating: "2", count: 65))""#, "at most 64"), ("[]", "2027-01-01T00:00:00Z"),
        ]
        try await check(
            values.flatMap { value, says -> [Attempt] in
                let mayBeLong = says.hasPrefix("at most") ? [] : ["`never`"]
                func refusal(_ name: String) -> Refusal {
                    Refusal(
                        status: 422, code: "INVALID_INPUT", places: ["/" + name.replacing(".", with: "/")],
                        says: ["`\(name)`", says] + mayBeLong)
                }
                return [
                    ("create-license", #""email": "ann@example.com", "validUntil": \#(value)"#, refusal("validUntil")),
                    (
                        "create-user",
                        #""email": "x@example.com", "name": "X", "license": {"validUntil": \#(value)}"#,
                        refusal("license.validUntil")
                    ),
                    ("update-license", #""externalRef": "none", "validUntil": \#(value)"#, refusal("validUntil")),
                ]
            })
    }

    @Test func aNameCanBeSeenOnALine() async throws {
        let rule = "must be a text of 1 to 200 characters on one line, not only spaces"
        let values: [(String, String)] = [
            (#""""#, rule), (#"" ""#, rule), (#""\u00a0\u2003\u3000""#, rule), (#""\u200b\u200d\ufeff""#, rule),
            (#""\u00ad""#, rule), (#""\u3164\u2800""#, rule), (#""\u202e\u2066""#, rule), (#""a\nb""#, rule),
            (#""a\u0085b""#, rule), (#""a\u0000b""#, "U+0000 (NUL)"), (#""\u0000""#, "U+0000 (NUL)"),
            ("5", rule), ("[]", rule),
            (#""\#(String(repeating: "x", count: 201))""#, "at most 200 characters, has 201"),
        ]
        try await check(
            values.flatMap { value, says -> [Attempt] in
                [
                    ("create-user", #""email": "x@example.com", "name": \#(value)"#, .input(["/name"], says)),
                    ("update-user", #""email": "ann@example.com", "name": \#(value)"#, .input(["/name"], says)),
                ]
            } + [
                (
                    "create-license", #""email": "ann@example.com", "validUntil": "never", "externalRef": " ""#,
                    .input(["/externalRef"], rule)
                ),
                (
                    "create-license", #""email": "ann@example.com", "validUntil": "never", "productId": "\u200b""#,
                    .input(["/productId"], rule)
                ),
            ])
    }

    @Test func anAddressIsOneThatMailReaches() async throws {
        let rule = "must be an e-mail address such as anna@example.com"
        let long = String(repeating: "a", count: 300 - 12) + "@example.com"
        let values: [(String, String)] = [
            (#""ann""#, rule), (#""@example.com""#, rule), (#""ann@""#, rule), (#""a b@example.com""#, rule),
            (#""ann@example..com""#, rule), (#""ann@example.com\r\nBcc: x@example.com""#, rule), (#""""#, rule),
            ("5", rule), (#""\#(long)""#, "at most 254 characters, has 300"), (#""a\u0000@example.com""#, "NUL"),
        ]
        try await check(
            values.flatMap { value, says -> [Attempt] in
                [
                    ("create-user", #""email": \#(value), "name": "X""#, .input(["/email"], says)),
                    ("update-user", #""email": "ann@example.com", "newEmail": \#(value)"#, .input(["/newEmail"], says)),
                    ("get-user", #""email": \#(value)"#, .input(["/email"], says)),
                ]
            } + [
                (
                    "update-user", #""userId": 1, "email": "a@example.com", "newEmail": "b@example.com""#,
                    .input(["/newEmail"], "Send one of them")
                )
            ])
    }

    @Test func aPasswordThatIsTooWeakIsToldWhich() async throws {
        func weak(_ says: String) -> Refusal {
            Refusal(status: 422, code: "PASSWORD_TOO_WEAK", places: ["/password"], says: [says])
        }
        let long = String(repeating: "pass phrase ", count: 171)
        try await check([
            ("update-user", #""email": "ann@example.com", "password": "short""#, weak("at least 8 characters")),
            ("update-user", #""email": "ann@example.com", "password": """#, weak("at least 8 characters")),
            ("update-user", #""email": "ann@example.com", "password": "\#(long)""#, weak("at most 1024 bytes")),
            ("update-user", #""email": "ann@example.com", "password": "password1""#, weak("most common")),
            ("update-user", #""email": "ann@example.com", "password": "Ann@Example.com""#, weak("address")),
            (
                "update-user", #""email": "ann@example.com", "password": "longer walnut\u0000""#,
                .input(["/password"], "NUL")
            ),
            (
                "update-user", #""email": "ann@example.com", "password": 12345678"#,
                .input(["/password"], "must be text")
            ),
        ])
    }

    @Test func otherFieldsSayWhatTheyTake() async throws {
        let ann = #""email": "ann@example.com""#
        try await check([
            ("update-user", #"\#(ann), "role": "admin""#, .input(["/role"], "ADMIN, OWNER or MANAGER")),
            ("update-user", #"\#(ann), "status": "DELETED""#, .input(["/status"], "ACTIVE or INACTIVE")),
            ("update-user", #"\#(ann), "locale": "german""#, .input(["/locale"], "such as de or de-AT, or `none`")),
            ("update-user", #"\#(ann), "notify": "no""#, .input(["/notify"], "true or false")),
            (
                "create-user", #""email": "x@example.com", "name": "X", "ifExists": "skip""#,
                .input(["/ifExists"], "`error` or `use`")
            ),
            ("create-user", #""email": "x@example.com", "name": "X", "license": 5"#, .input(["/license"], "an object")),
            ("list-users", #""limit": 0"#, .input(["/limit"], "at least 1")),
            ("list-users", #""limit": "all""#, .input(["/limit"], "from 1 to 100")),
            ("list-users", #""cursor": "next""#, .input(["/cursor"], "`nextCursor` of the page before")),
            ("list-users", #""cursor": """#, .input(["/cursor"], "`nextCursor`")),
            ("list-mails", #""state": "lost""#, .input(["/state"], "waiting, sending, sent, failed or expired")),
        ])
    }

    @Test func unknownFieldsGetTheNearestNameAtEveryLevel() async throws {
        let license = #""email": "ann@example.com", "validUntil": "never""#
        let user = #""email": "x@example.com", "name": "X""#
        try await check([
            ("create-license", #"\#(license), "seat": 2"#, .input(["/seat"], "Did you mean `seats`?")),
            ("create-license", #"\#(license), "Seats": 2"#, .input(["/Seats"], "Did you mean `seats`?")),
            ("create-license", #"\#(license), "colour": 2"#, .input(["/colour"], "not a field of `create-license`")),
            (
                "create-user", #"\#(user), "license": {"validUntil": "never", "seat": 2}"#,
                .input(["/license/seat"], "`license.seat`", "Did you mean `license.seats`?")
            ),
            (
                "create-user", #"\#(user), "license": {"validuntil": "never"}"#,
                .input(["/license/validUntil", "/license/validuntil"], "Did you mean `license.validUntil`?")
            ),
            ("create-user", #"\#(user), "__proto__": {}"#, .input(["/__proto__"], "not a field")),
            ("create-user", #"\#(user), "a\u0000": 1"#, .input(["", "/a\u{0}"], "NUL")),
        ])
    }

    @Test func theSameHoldsForForms() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let user = [("action", "create-user"), ("email", "x@example.com"), ("name", "X")]
        let seats = "`license.seats` must be a whole number from 1 to 100000"
        let forms: [([(String, String)], Refusal)] = [
            ([("license.validUntil", "never"), ("license.seats", "three")], .input(["/license/seats"], seats)),
            ([("license.validUntil", "never"), ("license.seats", "0")], .input(["/license/seats"], seats)),
            ([("license.validUntil", "never"), ("license.seats", "1e400")], .input(["/license/seats"], seats)),
            (
                [("license.validUntil", "never"), ("license.seat", "2")],
                .input(["/license/seat"], "Did you mean `license.seats`?")
            ),
            ([("license.validUntil", "2027-02-30")], .input(["/license/validUntil"], "2027-02-28", "`never`")),
            (
                [("license.validUntil", "01/02/2027"), ("notify", "no"), ("role", "")],
                .input(["/license/validUntil", "/notify", "/role"], "true or false", "ADMIN, OWNER or MANAGER")
            ),
            ([("license.seats", "2")], .input(["/license/validUntil"], "`license.validUntil` is required")),
            ([("license", "")], .input(["/license"], "an object")),
        ]
        for (fields, refusal) in forms {
            refusal.check(try await office.form(user + fields), "\(fields)")
        }
        #expect(try await office.everything() == before)
    }
}
