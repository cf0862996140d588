/// The output of a command that may have to refuse *and* keep what it wrote.
///
/// A refresh token used twice is the example: the answer is a failure, yet the session must end.
public enum Outcome<Value: Sendable>: Sendable {
    case done(Value)
    /// Refused; what was written commits, and the engine answers with the failure.
    case refused(CommandFailure)

    /// The value when it was done.
    ///
    /// - Throws: The failure when it was refused.
    public func get() throws -> Value {
        switch self {
        case .done(let value): value
        case .refused(let failure): throw failure
        }
    }
}

/// What the engine asks of an output before it answers.
protocol RefusableOutput {
    var refusal: CommandFailure? { get }
}

extension Outcome: RefusableOutput {
    var refusal: CommandFailure? {
        switch self {
        case .done: nil
        case .refused(let failure): failure
        }
    }
}
