/// A way by which a command can be called; a descriptor's `expose` lists those that are open.
public enum Channel: String, Sendable, Hashable, CaseIterable {
    /// A route or page of its own.
    case http
    /// `POST /api/webhook` with the action in the body.
    case webhook
    /// `usher run ACTION`.
    case cli
}
