public import Storage

/// A value that brings commands, what describes them, and the tables they need.
public protocol CommandPlugin: Sendable {
    /// A short name for error messages.
    var name: String { get }

    var commands: [any Command] { get }

    /// What describes the commands, in the format of `commands.json`; nil when the server's own file does.
    var descriptors: DescriptorDocument? { get throws }

    /// Steps of the schema, run after those that the server ships. None unless stated.
    var migrations: [Migration] { get }
}

extension CommandPlugin {
    public var descriptors: DescriptorDocument? { nil }
    public var migrations: [Migration] { [] }
}
