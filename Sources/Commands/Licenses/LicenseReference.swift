import Engine
import Storage

/// The licence that an input names, by `licenseId`, by `externalRef`, or by both.
package struct LicenseReference: Decodable, Sendable {
    let licenseId: License.ID?
    let externalRef: String?

    /// Finds the licence and holds its seats until the end of the transaction.
    ///
    /// - Throws: ``CommandFailure`` `NOT_FOUND`; `CONFLICT` when id and reference name different licences.
    func lock(in tx: Transaction) throws -> License {
        var id = licenseId
        if let externalRef {
            let named = try License.find(externalRef: externalRef, in: tx)
                .orThrow(.notFound("licence with the reference `\(externalRef)`"))
            if let id, id != named.id {
                throw CommandFailure.conflict(
                    "`licenseId` \(id) and `externalRef` name different licences: `\(externalRef)` is \(named.id).")
            }
            id = named.id
        }
        let wanted = try id.orThrow(
            .invalidInput("/licenseId", keyword: "required", "Name the licence by `licenseId` or `externalRef`."))
        return try License.lock(wanted, in: tx).orThrow(.notFound("licence \(wanted)"))
    }
}
