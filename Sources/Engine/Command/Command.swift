public import JSON
public import Storage

/// Something that the engine can do when asked: an action with an input, an output, and a rule of who may call it.
///
/// The input has already passed the JSON Schema of the action's descriptor when it is decoded.
public protocol Command: Sendable {
    associatedtype Input: Decodable & Sendable
    /// What ``prepare(_:call:)`` hands to ``perform(_:in:call:)``; the input itself unless stated.
    associatedtype Prepared: Sendable = Input
    /// What ``perform(_:in:call:)`` found or made.
    associatedtype Output: Sendable
    /// What the caller gets; the output itself unless stated.
    associatedtype Answer: Encodable & Sendable = Output

    static var action: Action { get }

    /// Who may call it. There is no default: a command that does not say so does not compile.
    static var access: Access { get }

    /// Whether it only reads. Then it runs on a snapshot, and leaves no audit row. False unless stated.
    static var isReadOnly: Bool { get }

    /// Whether nothing of its input comes into the database, so that any text will do in it. False unless stated: then
    /// NUL, which no database takes in a text, is refused wherever it is.
    static var storesNoInput: Bool { get }

    /// What is wrong with an input beyond what its schema can say, such as a day that no calendar has; nothing unless
    /// stated. It is told together with the schema's own mistakes, so `payload` need not have the form of an input.
    func refusals(of payload: JSONValue) -> [CommandFailure]

    /// The limits that hold for a call with this input; none unless stated. A look into the database is all it may cost.
    func limits(on input: Input, call: Call) async throws -> [LimitUse]

    /// The limits whose counters begin anew once the output of a call with this input is on disk; none unless stated.
    func limitsCleared(by output: Output, for input: Input) -> [LimitUse]

    /// Slow work before the transaction, such as hashing a password, with no effect but its result.
    ///
    /// - Throws: ``CommandFailure``. What is refused here never reached the transaction, and is not audited.
    func prepare(_ input: Input, call: Call) async throws -> Prepared

    /// The work itself, inside one transaction. It may run again from the start, so it has no effect but its statements.
    ///
    /// - Throws: ``CommandFailure``: nothing that it wrote remains, and the audit says that it was refused. A refusal
    ///   that must change something is an ``Outcome`` instead.
    func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> Output

    /// What to perform next, in a transaction of its own; nil when `output` is the end.
    ///
    /// A command that may touch very many rows works in steps, can be cut off between them, and repeated. The next step
    /// carries along what the answer sums up.
    func nextStep(after output: Output) -> Prepared?

    /// Work on the answer that need not hold up the transaction, such as signing a token. The output is on disk by now.
    func answer(_ output: Output, call: Call) throws -> Answer
}

extension Command {
    public static var isReadOnly: Bool { false }

    public static var storesNoInput: Bool { false }

    public func refusals(of payload: JSONValue) -> [CommandFailure] { [] }

    public func limits(on input: Input, call: Call) async throws -> [LimitUse] { [] }

    public func limitsCleared(by output: Output, for input: Input) -> [LimitUse] { [] }

    public func nextStep(after output: Output) -> Prepared? { nil }
}

extension Command where Prepared == Input {
    public func prepare(_ input: Input, call: Call) async throws -> Input { input }
}

extension Command where Answer == Output {
    public func answer(_ output: Output, call: Call) throws -> Answer { output }
}

/// The input of a command that takes none.
public struct NoInput: Codable, Sendable {
    public init() {}
}
