import Commands
import Glibc
import Logging
import Mailer
import NIOCore
import ServiceLifecycle

/// The server as a whole: opens the installation, serves and sends mails until it is told to stop.
struct RunningServer {
    let settings: Settings
    let surroundings: Surroundings

    func run() async throws {
        // A closed connection is an error of its write, and a hang-up of the terminal no reason to stop.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        let templates = CurrentTemplates(try TemplateFolder.templates(settings.mail.templates))
        try DataFolder(path: settings.storage.folder).create()
        let lock = try ServeLock(folder: settings.storage.folder)
        defer { lock.release() }
        let installation = try await Installation.open(settings, surroundings, creating: true)
        do {
            try await serve(installation, templates)
        } catch {
            try? await installation.close()
            throw error
        }
        try await installation.close()
        installation.logger.info("stopped")
    }

    private func serve(_ installation: Installation, _ templates: CurrentTemplates) async throws {
        let worker = installation.mailWorker(templates)
        installation.mailBell.onRing { worker.notify() }
        let welcome = Welcome(installation: installation, surroundings: surroundings)
        let listen = settings.listen
        let stage = StopStage(drains: listen.drain > .zero)
        let http = try HTTPServer(
            installation.httpContext(stage, worker), host: listen.host, port: listen.port,
            limits: limits(installation.logger),
            onRunning: { _ in await welcome.show() })
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: worker), .init(service: http)], logger: installation.logs.logger("lifecycle"))
        // SIGTERM ends the server within 5 s (after the drain), whatever hangs on it.
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        let signals = StopSignals(stage: stage, drain: listen.drain, logger: installation.logger)
        do {
            try await signals.run(ServiceGroup(configuration: configuration))
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CannotStart(
                "Port \(listen.port) of \(listen.host) is taken. Stop the program that uses it, or choose another with --port."
            )
        } catch let error as IOError where [EADDRNOTAVAIL, EACCES].contains(error.errnoCode) {
            throw CannotStart(
                "\(listen.host), port \(listen.port), cannot be listened on. Choose others with --host and --port.")
        } catch is SocketAddressError.UnknownHost {
            throw CannotStart(
                "\(listen.host) is no address of this machine. Set --host or USHER_HOST to one, such as 127.0.0.1 or 0.0.0.0."
            )
        }
    }

    /// As many connections as the edge allows, or fewer where the system allows fewer open files.
    private func limits(_ logger: Logger) -> EdgeLimits {
        var limits = surroundings.limits
        let room = OpenFiles.makeRoomForConnections()
        if room < limits.connections {
            logger.warning(
                "the limit of open files (ulimit -n) leaves room for fewer connections",
                metadata: ["connections": "\(room)", "usual": "\(limits.connections)"])
            limits.connections = room
        }
        return limits
    }
}

extension Installation {
    fileprivate func httpContext(_ stage: StopStage, _ worker: OutboxWorker) throws -> HTTPContext {
        let readiness = Readiness(database: database, logger: logs.logger("readiness"))
        return HTTPContext(
            settings: HTTPSettings(settings), engine: engine,
            tokens: try TokenServices(engine: engine, services: services, keys: keys), clock: clock, random: random,
            logger: logs.logger("http"), metrics: serverMetrics(worker),
            readiness: { stage.isOver ? ["It is about to stop."] : await readiness.problems() },
            mailStatus: { try? await worker.status() }, isDraining: { stage.isOver })
    }
}
