import JSON
import JSONSchema

/// Every action that the server knows, with the command behind it. Never changed, only replaced as a whole.
public struct Registry: Sendable {
    private let commands: [Action: RegisteredCommand]
    private let disabled: Set<Action>
    /// Actions by their other names: camelCase, and those that an overlay adds.
    private let aliases: [Action: Action]
    /// In the order of the documents, as the overlay leaves them.
    public let descriptors: [Descriptor]
    /// Those that are switched off too.
    let actions: [Action]

    /// Matches the commands of `plugins` with their descriptors.
    ///
    /// `shipped` is the server's own document, for the plugins that bring none; `overlay` is what an operator tightens,
    /// switches off, or gives another name.
    ///
    /// - Throws: ``RegistryProblems`` with every mismatch, bad schema and example that does not validate.
    public init(plugins: [any CommandPlugin], shipped: DescriptorDocument, overlay: Overlay? = nil)
        throws(RegistryProblems)
    {
        var assembly = RegistryAssembly(overlay: overlay)
        assembly.addDescriptors(of: shipped)
        for plugin in plugins {
            do {
                if let document = try plugin.descriptors { assembly.addDescriptors(of: document) }
            } catch let problems as RegistryProblems {
                assembly.problems += problems.problems.map { "plugin \(plugin.name): \($0)" }
            } catch {
                assembly.problems.append("plugin \(plugin.name): \(error)")
            }
        }
        for plugin in plugins {
            for command in plugin.commands { assembly.add(command, of: plugin.name) }
        }
        assembly.checkOrphans()
        assembly.checkOverlay()
        guard assembly.problems.isEmpty else { throw RegistryProblems(assembly.problems) }
        disabled = overlay?.disabled ?? []
        let disabled = disabled
        commands = assembly.commands
        aliases = assembly.aliases
        descriptors = assembly.descriptors.compactMap { assembly.commands[$0.action]?.descriptor }
            .filter { !disabled.contains($0.action) }
        actions = assembly.descriptors.map(\.action)
    }

    /// What describes an action, called by that name or by another one.
    public func descriptor(_ name: Action) -> Descriptor? { found(name)?.descriptor }

    /// What describes the actions that `caller` can call with the token at hand, and for an administrator also those that
    /// webhook tokens can call: they are the administrator's to give out.
    public func descriptors(usableBy caller: Caller) -> [Descriptor] {
        descriptors.filter { descriptor in
            guard let command = commands[descriptor.action]?.command else { return false }
            let access = type(of: command).access
            func isOpen(_ caller: Caller, over channel: Channel) -> Bool {
                descriptor.channels.contains(channel) && caller.refusal(for: descriptor.action, access: access) == nil
            }
            switch caller {
            case .anonymous: return isOpen(caller, over: .http)
            case .user(let id, _, let isAdmin):
                return isOpen(caller, over: .http)
                    || (isAdmin && isOpen(.webhook(id: 0, userID: id, actions: nil), over: .webhook))
            case .webhook: return isOpen(caller, over: .webhook)
            case .commandLine, .system: return isOpen(caller, over: .cli)
            }
        }
    }

    private func found(_ name: Action) -> RegisteredCommand? {
        commands[name] ?? aliases[name].flatMap { commands[$0] }
    }

    /// The command of an action or of one of its other names, if it is exposed on the request's channel.
    func command(_ name: Action, for request: CommandRequest) -> RegisteredCommand? {
        guard let found = found(name), found.descriptor.channels.contains(request.channel),
            request.ignoresOverlay || !disabled.contains(found.descriptor.action)
        else { return nil }
        return found
    }

    /// The refusal of an unknown action, with the nearest known one.
    func unknown(_ name: Action, on channel: Channel) -> CommandFailure {
        let known = descriptors.filter { $0.channels.contains(channel) }.flatMap { [$0.action] + $0.aliases }
            .map(\.rawValue)
        let hint = Suggestion.nearest(to: name.rawValue, among: known).map { " Did you mean `\($0)`?" } ?? ""
        return CommandFailure(.actionNotFound, "There is no action `\(name.rawValue.prefix(100))`.\(hint)")
    }
}
