/// What is known of the device that a call came from; each field is nil when unknown.
public struct Client: Sendable, Hashable {
    /// The network address, as text.
    public var address: String?
    /// The range of addresses that limits count as one: whoever has one of it has them all.
    public var network: String
    public var userAgent: String?
    /// The host name that the client asked for.
    public var host: String?
    public var country: String?
    public var city: String?
    public var region: String?

    public init(
        address: String? = nil, network: String = "unknown", userAgent: String? = nil, host: String? = nil,
        country: String? = nil, city: String? = nil, region: String? = nil
    ) {
        self.address = address
        self.network = network
        self.userAgent = userAgent
        self.host = host
        self.country = country
        self.city = city
        self.region = region
    }
}
