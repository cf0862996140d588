import Engine
import JSONSchema

/// The actions of the command line: what describes them, and what the operator's overlay makes of them.
struct ActionCatalogue {
    /// All of them in the order of the documents, as the overlay leaves them; those that it switches off as they are
    /// shipped.
    let descriptors: [Descriptor]
    private let disabled: Set<Action>

    init(_ surroundings: Surroundings, _ settings: Settings) throws {
        let documents = try surroundings.documents()
        self.init(documents, overlay: try OperatorFiles.overlay(settings.commandsOverlay) { documents })
    }

    /// The overlay has to be without mistakes.
    init(_ documents: [DescriptorDocument], overlay: Overlay?) {
        let shipped = documents.flatMap(\.descriptors)
        let applied = Dictionary(
            (overlay?.applied(to: shipped) ?? []).map { ($0.action, $0) }, uniquingKeysWith: { first, _ in first })
        descriptors = shipped.map { applied[$0.action] ?? $0 }
        disabled = overlay?.disabled ?? []
    }

    /// Those that webhooks or `usher run` can call now.
    var callable: [Descriptor] { exposed(on: [.webhook, .cli]) }

    /// Those that can be called now in one of these ways.
    func exposed(on channels: Set<Channel>) -> [Descriptor] {
        descriptors.filter { !$0.channels.isDisjoint(with: channels) && !isDisabled($0) }
    }

    func isDisabled(_ descriptor: Descriptor) -> Bool { disabled.contains(descriptor.action) }

    /// The action of that name among `candidates`, by any of its names.
    ///
    /// - Throws: ``CommandFailure`` `ACTION_NOT_FOUND` with the nearest name, or with why it is not among them.
    func find(_ name: String, among candidates: [Descriptor]) throws(CommandFailure) -> Descriptor {
        let action = Action(rawValue: name)
        func isMeant(_ descriptor: Descriptor) -> Bool { descriptor.names.contains(action) }
        if let found = candidates.first(where: isMeant) { return found }
        if let other = descriptors.first(where: isMeant) {
            throw CommandFailure(
                .actionNotFound,
                isDisabled(other)
                    ? "The operator's overlay (USHER_COMMANDS) switches `\(name)` off."
                    : "`\(name)` has a route of its own, and cannot be called from here.")
        }
        let known = candidates.flatMap { [$0.action] + $0.aliases }.map(\.rawValue)
        let hint = Suggestion.nearest(to: name, among: known).map { "Did you mean `\($0)`?" }
        throw CommandFailure(
            .actionNotFound,
            "There is no action `\(name.prefix(100))`. \(hint ?? "`usher commands` lists those that there are.")")
    }
}
