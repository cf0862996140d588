public import JSON
public import Logging
public import Metrics
public import Storage

/// The one way by which commands run, whoever calls: webhook, auth route, page or command line.
///
/// Look up the action → authorise → validate against the schema → decode → reserve under the limits → `prepare` → one write
/// transaction { savepoint { `perform` } ; audit row } → durable commit → answer → settle under the limits.
public struct CommandEngine: Sendable {
    /// What limits how often commands are called, also for what is tried outside of commands, such as tokens.
    public let limits: LimitGate
    let database: any Database
    let clock: Clock
    let logger: Logger
    private let current: CurrentRegistry
    private let metrics: CommandMetrics
    /// Told, after each commit, what was written.
    let afterCommit: @Sendable (CommittedWork) -> Void
    /// Takes part in each transaction that writes, and is told its time.
    let inEachWrite: @Sendable (Timestamp, Transaction) throws -> Void

    public init(
        registry: Registry, database: any Database, clock: Clock, logger: Logger,
        limiter: (any RateLimiter)? = nil, metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        afterCommit: @escaping @Sendable (CommittedWork) -> Void = { _ in },
        inEachWrite: @escaping @Sendable (Timestamp, Transaction) throws -> Void = { _, _ in }
    ) {
        current = CurrentRegistry(registry)
        limits = LimitGate(limiter: limiter, logger: logger)
        self.database = database
        self.clock = clock
        self.logger = logger
        self.afterCommit = afterCommit
        self.inEachWrite = inEachWrite
        self.metrics = CommandMetrics(registry.actions, metrics)
    }

    /// The registry in use; another one after ``replaceRegistry(with:)``.
    public var registry: Registry { edition.registry }

    public var edition: RegistryEdition { current.edition }

    /// Has all later calls run by `registry`; those that have begun go on as they are.
    public func replaceRegistry(with registry: Registry) { current.replace(with: registry) }

    /// Runs the action that `payload` is meant for; the answer as JSON.
    public func run(_ name: Action, _ payload: JSONValue, for request: CommandRequest) async throws(CommandFailure)
        -> JSONValue
    {
        let registered = try find(name, request)
        do {
            return try await metrics.measure(registered.descriptor.action) {
                try await JSONValue(encoding: run(registered.command, registered, payload, request))
            }
        } catch {
            throw logged(error, registered.descriptor.action, request)
        }
    }

    /// Runs a command that the caller knows by its type; the typed answer.
    public func run<C: Command>(_ type: C.Type, _ payload: JSONValue, for request: CommandRequest)
        async throws(CommandFailure) -> C.Answer
    {
        let registered = try find(C.action, request)
        do {
            guard let command = registered.command as? C else {
                throw CommandFailure.internal(UnexpectedType(action: C.action))
            }
            return try await metrics.measure(C.action) { try await run(command, registered, payload, request) }
        } catch {
            throw logged(error, C.action, request)
        }
    }

    /// Refuses what a call of the action would be refused for before it is looked at in the database; does nothing else.
    public func check(_ name: Action, _ payload: JSONValue, for request: CommandRequest) throws(CommandFailure) {
        let registered = try find(name, request)
        let access = type(of: registered.command).access
        if let refusal = request.caller.refusal(for: registered.descriptor.action, access: access) { throw refusal }
        try check(payload, registered.command, registered, isTightened: !request.ignoresOverlay)
    }

    private struct UnexpectedType: Error {
        let action: Action
    }

    private func find(_ name: Action, _ request: CommandRequest) throws(CommandFailure) -> RegisteredCommand {
        let registry = registry
        guard let registered = registry.command(name, for: request) else {
            metrics.noteUnknownAction()
            throw registry.unknown(name, on: request.channel)
        }
        return registered
    }

    private func run<C: Command>(
        _ command: C, _ registered: RegisteredCommand, _ payload: JSONValue, _ request: CommandRequest
    ) async throws -> C.Answer {
        if let refusal = request.caller.refusal(for: C.action, access: C.access) { throw refusal }
        try check(payload, command, registered, isTightened: !request.ignoresOverlay)
        let input = try payload.decode(C.Input.self)
        let call = Call(
            id: request.id, action: C.action, caller: request.caller, client: request.client, now: clock.now())
        let uses = limits.isOpen ? [] : try await command.limits(on: input, call: call)
        return try await limits.run(uses, about: call.logMetadata) { exceeded in
            try await perform(command, input, call.beyond(exceeded))
        }
    }

    /// Refuses an input for all that is wrong with it at once.
    private func check(
        _ payload: JSONValue, _ command: some Command, _ registered: RegisteredCommand, isTightened: Bool
    ) throws(CommandFailure) {
        let unstorable = type(of: command).storesNoInput ? [] : payload.placesOfNUL()
        let places = Set(unstorable.map(\.pointer))
        let mistakes = registered.mistakes(in: payload, isTightened: isTightened)
        let all = unstorable + mistakes.filter { !places.contains($0.pointer) }
        if let failure = CommandFailure.together(all, command.refusals(of: payload)) { throw failure }
    }

    private func perform<C: Command>(_ command: C, _ input: C.Input, _ call: Call) async throws -> C.Answer {
        let prepared = try await command.prepare(input, call: call)
        let output =
            C.isReadOnly
            ? try await database.read { tx in try command.perform(prepared, in: tx, call: call) }
            : try await writeInSteps(command, prepared, call)
        await limits.clear(command.limitsCleared(by: output, for: input))
        return try command.answer(output, call: call)
    }

    private func writeInSteps<C: Command>(_ command: C, _ prepared: C.Prepared, _ call: Call) async throws -> C.Output {
        var output = try await write(command, prepared, call)
        while let next = command.nextStep(after: output) { output = try await write(command, next, call) }
        return output
    }

    /// Writes, and once more when a rule of the schema was broken: where several write at a time, another may have taken the
    /// address, or deleted the user, after this one had looked. The second look finds that, and refuses with a reason.
    private func write<C: Command>(_ command: C, _ prepared: C.Prepared, _ call: Call) async throws -> C.Output {
        do {
            return try await writeOnce(command, prepared, call)
        } catch StorageError.constraint {
            return try await writeOnce(command, prepared, call)
        }
    }

    /// Performs the command in one transaction; a refusal undoes its work, and is on record all the same.
    private func writeOnce<C: Command>(_ command: C, _ prepared: C.Prepared, _ call: Call) async throws -> C.Output {
        let (clock, inEachWrite) = (clock, inEachWrite)
        let (result, work): (Result<C.Output, CommandFailure>, CommittedWork) = try await database.write { tx in
            let call = call.at(clock.now())
            try inEachWrite(call.now, tx)
            do {
                let output = try tx.savepoint {
                    let output = try command.perform(prepared, in: tx, call: call)
                    try tx.checkThatWritesWereReported(by: call.action)
                    return output
                }
                if let refusal = (output as? any RefusableOutput)?.refusal {
                    try AuditLog.append(.refused(call, refusal, changes: tx.changes), in: tx)
                    return (.failure(refusal), CommittedWork(of: tx))
                }
                if !tx.changes.isEmpty || call.caller != .anonymous {
                    try AuditLog.append(.done(call, changes: tx.changes), in: tx)
                }
                return (.success(output), CommittedWork(of: tx))
            } catch let refusal as CommandFailure where refusal.code != .internal {
                if refusal.isRecorded { try AuditLog.append(.refused(call, refusal, changes: []), in: tx) }
                return (.failure(refusal), .none)
            }
        }
        if !work.kinds.isEmpty { afterCommit(work) }
        return try result.get()
    }

    private func logged(_ error: any Error, _ action: Action, _ request: CommandRequest) -> CommandFailure {
        let failure = CommandFailure.from(error)
        if let cause = failure.cause {
            logger.log(
                level: failure.code == .internal || failure.code == .conflict ? .error : .warning, "\(action) failed",
                metadata: ["requestId": "\(request.id)", "code": "\(failure.code.rawValue)", "cause": "\(cause)"])
        }
        return failure
    }
}
