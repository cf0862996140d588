/// The answer of a command that has nothing to tell: `{"success": true}`.
package struct Success: Encodable, Sendable {
    package let success = true

    init() {}
}
