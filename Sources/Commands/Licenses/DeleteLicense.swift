package import Engine
import JSON
package import Storage

/// Removes a licence; the sessions seated on it end.
package struct DeleteLicense: Command {
    package static let action: Action = "delete-license"
    package static let access: Access = .webhook

    package func perform(_ reference: LicenseReference, in tx: Transaction, call: Call) throws -> UserView {
        let license = try reference.lock(in: tx)
        try Session.endAll(seatedOn: license.id, reason: .licenseDeleted, at: call.now, in: tx)
        try tx.execute("DELETE FROM licenses WHERE id = $1", license.id)
        tx.changed(.license(license.id), from: .object(license.fields))
        return try UserView.load(license.userID, at: call.now, in: tx)
    }
}
