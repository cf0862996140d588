/// Why a session holds no seat.
package enum LimitedReason: String, Codable, Sendable, CaseIterable {
    /// It was asked for at login, and stays so.
    case requested
    /// The user has no licence, or none for the product that was asked for.
    case noLicense = "no-license"
    /// The licence has ended.
    case licenseEnded = "license-ended"
    /// All seats are held by others.
    case noFreeSeat = "no-free-seat"
}
