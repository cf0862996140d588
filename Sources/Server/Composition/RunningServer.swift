import Commands
import Logging
import Mailer
import ServiceLifecycle
import UnixSignals

/// The server as a whole: opens the installation, serves and sends mails until it is told to stop.
struct RunningServer {
    let settings: Settings
    let surroundings: Surroundings

    func run() async throws {
        let installation = try await Installation.open(settings, surroundings, creating: true)
        do {
            try await serve(installation)
        } catch {
            try? await installation.close()
            throw error
        }
        try await installation.close()
        installation.logger.info("stopped")
    }

    private func serve(_ installation: Installation) async throws {
        let worker = try installation.mailWorker()
        let welcome = Welcome(installation: installation, surroundings: surroundings)
        let listen = settings.listen
        let http = try HTTPServer.makeService(
            installation.httpContext(mail: worker), host: listen.host, port: listen.port,
            onRunning: { _ in await welcome.show() })
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: worker), .init(service: http)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logs.logger("lifecycle"))
        // SIGTERM ends the server within 5 s, whatever hangs on it.
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        try await ServiceGroup(configuration: configuration).run()
    }
}

extension Installation {
    fileprivate func httpContext(mail: OutboxWorker) throws -> HTTPContext {
        let database = database
        return HTTPContext(
            settings: HTTPSettings(settings), engine: engine,
            tokens: try TokenServices(engine: engine, services: services, keys: keys), clock: clock, random: random,
            logger: logs.logger("http"),
            readiness: { await Readiness(database: database, mail: mail).problems() })
    }
}
