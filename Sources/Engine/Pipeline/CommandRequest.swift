/// What the engine is told about a call besides its payload.
public struct CommandRequest: Sendable {
    public let id: String
    public let channel: Channel
    public let caller: Caller
    public let client: Client
    /// Whether an operator's overlay does not count. For the server's own verbs: whoever limits what shops may do must not
    /// lock himself out.
    public let ignoresOverlay: Bool

    public init(id: String, channel: Channel, caller: Caller, client: Client, ignoresOverlay: Bool = false) {
        self.ignoresOverlay = ignoresOverlay
        self.id = id
        self.channel = channel
        self.caller = caller
        self.client = client
    }
}
