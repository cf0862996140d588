package import Engine

/// Reading the audit; writing it is the engine's.
package struct AuditPlugin: CommandPlugin {
    package let name = "audit"

    package var commands: [any Command] { [ListAudit()] }
}
