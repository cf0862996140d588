import Commands
import Glibc
import Logging
import Mailer
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The server as a whole: opens the installation, serves and sends mails until it is told to stop.
struct RunningServer {
    let draft: SettingsDraft
    let surroundings: Surroundings

    func run() async throws {
        // A closed connection is an error of its write, and a hang-up of the terminal no reason to stop.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        // Before any file is read, so that a signal after a change of one is not lost; it waits until there is a server.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        let start = try await StartCheck(draft: draft, surroundings: surroundings, wantsToServe: true).run()
        let folder = start.settings.storage.folder
        try DataFolder(path: folder).create()
        let lock = try ServeLock(folder: folder)
        defer { lock.release() }
        let installation = try await Installation.open(
            start.settings, surroundings, overlay: start.files.overlay, creating: true)
        do {
            try await serve(installation, start.files, hangUps)
        } catch {
            try? await installation.close()
            throw error
        }
        try await installation.close()
        installation.logger.info("stopped")
    }

    private func serve(_ installation: Installation, _ files: OperatorFiles, _ hangUps: UnixSignalsSequence)
        async throws
    {
        let templates = CurrentTemplates(files.templates)
        let worker = installation.mailWorker(templates)
        installation.mailBell.onRing { worker.notify() }
        let welcome = Welcome(installation: installation, surroundings: surroundings)
        let listen = installation.settings.listen
        let stage = StopStage(drains: listen.drain > .zero)
        let http = try HTTPServer(
            installation.httpContext(stage, worker), host: listen.host, port: listen.port,
            limits: limits(installation.logger),
            onRunning: { _ in await welcome.show() })
        let reloads = HangUps(signals: hangUps, reloader: try Reloader(installation, templates, files))
        var configuration = ServiceGroupConfiguration(
            // Named, because the names that they get otherwise are all that is in them, as text.
            services: [
                .init(service: worker, serviceName: "mail"),
                .init(service: installation.sweeper(), serviceName: "sweeper"),
                .init(service: installation.keyWatch(), serviceName: "keys"),
                .init(service: reloads, serviceName: "reloads"), .init(service: http, serviceName: "http"),
            ],
            logger: installation.logs.logger("lifecycle"))
        // SIGTERM ends the server within 5 s (after the drain), whatever hangs on it.
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        let signals = StopSignals(stage: stage, drain: listen.drain, logger: installation.logger)
        do {
            try await signals.run(ServiceGroup(configuration: configuration))
        } catch let error as IOError where [EADDRINUSE, EADDRNOTAVAIL, EACCES].contains(error.errnoCode) {
            throw ListenPlace(host: listen.host, port: listen.port).refused(error.errnoCode)
        } catch is SocketAddressError.UnknownHost {
            throw ListenPlace(host: listen.host, port: listen.port).unknownHost
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
        let readiness = Readiness(
            database: database, storage: settings.storage, logger: logs.logger("readiness"))
        return HTTPContext(
            settings: HTTPSettings(settings), engine: engine,
            tokens: try TokenServices(engine: engine, services: services, keys: keys), clock: clock, random: random,
            logger: logs.logger("http"), metrics: serverMetrics(worker),
            readiness: { stage.isOver ? ["It is about to stop."] : await readiness.problems() },
            mailStatus: { try? await worker.status() }, isDraining: { stage.isOver })
    }
}
