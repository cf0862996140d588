/// The output of a command that works in steps, each its own transaction, because it may touch very many rows.
///
/// The engine performs the command again until nothing is left. It can be cut off between steps, and repeated.
public protocol SteppedOutput: Sendable {
    /// Whether another step is needed.
    var hasMore: Bool { get }

    /// This step's result and all earlier ones together.
    func adding(_ earlier: Self) -> Self
}
