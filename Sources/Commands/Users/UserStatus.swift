/// Whether a user may log in.
package enum UserStatus: String, Codable, Sendable {
    case active = "ACTIVE"
    case inactive = "INACTIVE"
}
