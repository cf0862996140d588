/// What a user may do. ADMIN administers this server; the others mean something to your application only.
package enum Role: String, Codable, Sendable {
    case admin = "ADMIN"
    case owner = "OWNER"
    case manager = "MANAGER"
}
