package import Engine
package import JSON
package import Storage

/// Gives a user a licence; the same reference again gives the licence made before.
package struct CreateLicense: Command {
    package static let action: Action = "create-license"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let user: UserReference
        let license: NewLicense

        package init(from decoder: any Decoder) throws {
            user = try UserReference(from: decoder)
            license = try NewLicense(from: decoder)
        }
    }

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        [ValidUntil.refusal(of: payload["validUntil"], at: "/validUntil")].compactMap(\.self)
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserAnswer {
        let user = try input.user.find(in: tx)
        let license = try input.license.make(for: user.id, at: call.now, in: tx)
        return try .withLicense(license.id, of: user.id, at: call.now, in: tx)
    }
}
