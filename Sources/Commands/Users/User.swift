import Engine
import JSON
package import Storage

/// Somebody with an address, who can log in once a password is set.
package struct User: Sendable {
    package typealias ID = RowID<User>

    package let id: ID
    package var email: EmailAddress
    package var name: String
    package var role: Role
    package var status: UserStatus
    /// The language of mails; nil for the one for everybody.
    package var locale: LanguageTag?
    package var externalRef: String?
    /// A PHC string; nil until a password is set.
    package var passwordHash: String?
    let createdAt: Timestamp
    var updatedAt: Timestamp

    /// What the audit shows; never the password's hash.
    var fields: JSONObject {
        [
            "email": .string(email.text), "name": .string(name), "role": .string(role.rawValue),
            "status": .string(status.rawValue), "locale": .optional(locale?.text),
            "externalRef": .optional(externalRef),
        ]
    }
}

extension User {
    init(row: Row) throws {
        id = try row.id("id")
        email = EmailAddress(try row.string("email"))
        name = try row.string("name")
        role = try Role(rawValue: row.string("role")).orUnexpected("role")
        status = try UserStatus(rawValue: row.string("status")).orUnexpected("status")
        locale = try row.optionalString("locale").map(LanguageTag.init)
        externalRef = try row.optionalString("external_ref")
        passwordHash = try row.optionalString("password_hash")
        createdAt = try row.timestamp("created_at")
        updatedAt = try row.timestamp("updated_at")
    }
}
