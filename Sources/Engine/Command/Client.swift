/// What is known of the device that a call came from; each field is nil when unknown.
///
/// A class, for every layer that a call goes through hands it on.
public final class Client: Sendable {
    /// The network address, as text.
    public let address: String?
    /// The range of addresses that limits count as one: whoever has one of it has them all.
    public let network: String
    public let userAgent: String?
    /// The host name that the client asked for.
    public let host: String?
    public let country: String?
    public let city: String?
    public let region: String?

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
