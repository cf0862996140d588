package import Engine
import Resources

/// Everything that this server can be asked to do.
package enum AllCommands {
    /// The plugins, one a noun. A new one is added here.
    package static func plugins(_ services: Services) -> [any CommandPlugin] {
        [
            UsersPlugin(services: services), LicensesPlugin(services: services), SessionsPlugin(services: services),
            WebhooksPlugin(services: services), PasswordsPlugin(services: services), AuditPlugin(),
        ]
    }

    /// The `commands.json` that is in the binary.
    package static func descriptors() throws -> DescriptorDocument {
        try DescriptorDocument(parsing: Resources.bytes(named: "commands.json") ?? [], name: "commands.json")
    }
}
