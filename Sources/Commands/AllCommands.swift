package import Engine
import Resources

/// Everything that this server can be asked to do.
package enum AllCommands {
    /// The plugins, one a noun. A new one is added here.
    package static func plugins(_ services: Services) -> [any CommandPlugin] {
        [
            UsersPlugin(services: services), LicensesPlugin(services: services), SessionsPlugin(services: services),
            WebhooksPlugin(services: services), PasswordsPlugin(services: services), MailsPlugin(), AuditPlugin(),
        ]
    }

    /// The binary was built without its `commands.json`.
    struct MissingDocument: Error {}

    /// The `commands.json` that is in the binary.
    package static func descriptors() throws -> DescriptorDocument {
        guard let bytes = Resources.bytes(named: "commands.json") else { throw MissingDocument() }
        return try DescriptorDocument(parsing: bytes, name: "commands.json")
    }

    /// The `commands.schema.json` that is in the binary: the form of `commands.json` and of overlays.
    package static func documentSchema() throws -> String {
        guard let text = Resources.text(named: "commands.schema.json") else { throw MissingDocument() }
        return text
    }
}
