/// What a `User-Agent` says of a device, as its owner would call it: "Firefox", "Windows".
///
/// Browsers claim to be one another, so the order of the lists matters: the most particular claim is the true one.
struct DeviceName: Equatable {
    let program: String
    let system: String?

    private static let browsers = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]

    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// Nil for a header that says nothing.
    init?(userAgent: String) {
        system = Self.systems.first { userAgent.contains($0.0) }?.1
        if let browser = Self.browsers.first(where: { userAgent.contains($0.0) }) {
            program = browser.1
            return
        }
        // A program of its own: "Studio/4.2 (Macintosh)" is Studio 4.2.
        let first = userAgent.prefix { $0 != " " && $0 != "(" }.split(separator: "/").prefix(2)
        guard !first.isEmpty else { return nil }
        program = String(first.joined(separator: " ").prefix(60))
    }
}
