package import Engine
package import JSON
package import Storage

/// Changes a licence; the sessions seated on it end, unless they are to be kept.
package struct UpdateLicense: Command {
    package static let action: Action = "update-license"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let reference: LicenseReference
        let seats: Count?
        let validUntil: ValidUntil?
        let productId: ProductID?
        let keepSessions: Flag?

        private enum Key: String, CodingKey { case seats, validUntil, productId, keepSessions }

        package init(from decoder: any Decoder) throws {
            reference = try LicenseReference(from: decoder)
            let container = try decoder.container(keyedBy: Key.self)
            seats = try container.decodeIfPresent(Count.self, forKey: .seats)
            validUntil = try container.decodeIfPresent(ValidUntil.self, forKey: .validUntil)
            productId = try container.decodeIfPresent(ProductID.self, forKey: .productId)
            keepSessions = try container.decodeIfPresent(Flag.self, forKey: .keepSessions)
        }
    }

    let seats: SeatPolicy

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        [ValidUntil.refusal(of: payload["validUntil"], at: "/validUntil")].compactMap(\.self)
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserAnswer {
        let old = try input.reference.lock(in: tx)
        var new = old
        if let count = input.seats { new.seats = count.value }
        if let end = input.validUntil { new.validUntil = try end.timestamp(at: "/validUntil") }
        if let product = input.productId { new.productID = product }
        if new.fields != old.fields {
            new = try new.update(from: old, at: call.now, in: tx)
            if input.keepSessions?.value == true {
                try seats.keepLongestSeated(of: new, at: call.now, in: tx)
            } else {
                try Session.endAll(seatedOn: new.id, reason: .licenseChanged, at: call.now, in: tx)
            }
        }
        return try .withLicense(new.id, of: new.userID, at: call.now, in: tx)
    }
}
