/// How log lines are written.
package enum LogFormat: String, Sendable {
    /// For people.
    case text
    /// For machines: one JSON object a line.
    case json
}
