import Testing

@testable import Server

/// What a list of sessions calls a device.
struct DeviceNameTests {
    @Test(arguments: [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome", "Windows" as String?
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge", "Windows"
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.7; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari", "iPhone"
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
            "Chrome", "Android"
        ),
        ("Studio/4.2 (Macintosh)", "Studio 4.2", "macOS"), ("curl/8.5.0", "curl 8.5.0", nil), ("Studio", "Studio", nil),
    ])
    func theOwnerKnowsTheDevice(userAgent: String, program: String, system: String?) {
        let name = DeviceName(userAgent: userAgent)
        #expect(name?.program == program)
        #expect(name?.system == system)
    }

    @Test(arguments: ["", " ", "(Windows)", "/"])
    func aHeaderThatSaysNothingIsNoName(userAgent: String) {
        #expect(DeviceName(userAgent: userAgent) == nil)
    }
}
