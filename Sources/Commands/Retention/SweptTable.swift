/// A table from which old rows are deleted; the raw value is its name.
enum SweptTable: String, CaseIterable {
    case audit, sessions
    case passwordLinks = "password_links"
}
