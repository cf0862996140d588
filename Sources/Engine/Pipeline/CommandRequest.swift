/// What the engine is told about a call besides its payload.
public struct CommandRequest: Sendable {
    public let id: String
    public let channel: Channel
    public let caller: Caller
    public let client: Client

    public init(id: String, channel: Channel, caller: Caller, client: Client) {
        self.id = id
        self.channel = channel
        self.caller = caller
        self.client = client
    }
}
