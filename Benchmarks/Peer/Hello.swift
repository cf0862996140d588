import Hummingbird
import Logging

/// Hummingbird as its own documentation starts it: the most that any server on it can reach.
struct Hello {
    let port: Int

    func run() async throws {
        let router = Router()
        router.post("/hello") { request, _ in
            // Read, as every route that takes an input does.
            let body = try await request.body.collect(upTo: 64 * 1024)
            return "{\"hello\":\(body.readableBytes)}"
        }
        var logger = Logger(label: "hello")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        ).runService()
    }
}
